/** Wakes who waits; a ring that nobody was waiting for is not lost. */
export interface Doorbell {
  ring(): void;
  /** How often it has been rung. */
  rings(): number;
  /** Until it has been rung more often than that, or the time is up. */
  wait(after: number, milliseconds: number): Promise<void>;
}

export function doorbell(): Doorbell {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    ring() {
      count++;
      for (const wake of waiting) wake();
    },
    rings: () => count,
    wait(after, milliseconds) {
      if (count > after) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        waiting.add(wake);
      });
    },
  };
}

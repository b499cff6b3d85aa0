/** Where the time of a long operation goes. */

export interface Stopwatch {
  /** Ends a part: the time since the last one, or the start, counts as its own. */
  lap(part: string): void;
  /** Seconds by part, and their `total`. */
  seconds(): Readonly<Record<string, number>>;
}

export function createStopwatch(): Stopwatch {
  const start = performance.now();
  const parts: Record<string, number> = {};
  let last = start;
  return {
    lap(part) {
      const now = performance.now();
      parts[part] = (parts[part] ?? 0) + (now - last) / 1000;
      last = now;
    },
    seconds: () => ({ ...parts, total: (last - start) / 1000 }),
  };
}

/**
 * How many requests the server holds at once. A place is taken before a body is read, so that what
 * waits is bounded in memory too, and a client that is refused need not send its image first.
 */
export interface Place {
  /** Doing it twice does nothing. */
  release(): void;
}

export interface Admission {
  /** Undefined: all are taken. */
  take(): Place | undefined;
  taken(): number;
  /** Settles when all have been released. */
  whenEmpty(): Promise<void>;
}

/** @param places at least 1 */
export function createAdmission(places: number): Admission {
  let taken = 0;
  let waiting: (() => void)[] = [];
  return {
    take() {
      if (taken >= places) return undefined;
      taken++;
      let held = true;
      return {
        release() {
          if (!held) return;
          held = false;
          taken--;
          if (taken > 0) return;
          for (const settle of waiting) settle();
          waiting = [];
        },
      };
    },
    taken: () => taken,
    whenEmpty: () =>
      taken === 0 ? Promise.resolve() : new Promise((settle) => void waiting.push(settle)),
  };
}

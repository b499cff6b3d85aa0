/**
 * Files that somebody may still be writing: handed on once neither size nor time of change have
 * moved for a while. Many programs write in bursts, some reserve a file's full size first.
 */
import { stat } from 'node:fs/promises';

export interface SettledFile {
  /** Absolute path. */
  readonly path: string;
  /** When it was first noticed. */
  readonly noticed: Date;
  readonly size: number;
  readonly mtimeMs: number;
  /** How often it has been handed on as it is now: 1, and more after `again`. */
  readonly attempt: number;
}

export interface Settler {
  /** A file that has come or changed. */
  notice(path: string, noticed: Date): void;
  /** Hands a file on once more after so many milliseconds without a change. */
  again(file: SettledFile, quietMs: number): void;
  /** How many files it waits for. */
  readonly waiting: number;
  close(): void;
}

interface Pending {
  readonly noticed: Date;
  readonly quietMs: number;
  readonly attempt: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * @param settleMs milliseconds without a change
 * @param onSettled called in the order in which files become still; not for those that go away
 */
export function createSettler(settleMs: number, onSettled: (file: SettledFile) => void): Settler {
  const pending = new Map<string, Pending>();

  function wait(path: string, seen: Seen, one: Omit<Pending, 'timer'>): void {
    const timer = setTimeout(() => void check(path, seen, timer), one.quietMs);
    pending.set(path, { ...one, timer });
  }

  async function check(path: string, before: Seen, timer: NodeJS.Timeout): Promise<void> {
    const now = await look(path);
    const own = pending.get(path);
    // Noticed again meanwhile: that is waited for now.
    if (own?.timer !== timer) return;
    if (now === 'gone') {
      pending.delete(path);
    } else if (now.size === before?.size && now.mtimeMs === before.mtimeMs) {
      pending.delete(path);
      onSettled({ path, ...now, noticed: own.noticed, attempt: own.attempt });
    } else {
      // Another file now, or more of it: whatever was tried before says nothing.
      wait(path, now, { noticed: own.noticed, quietMs: settleMs, attempt: 1 });
    }
  }

  return {
    notice(path, noticed) {
      const earlier = pending.get(path);
      clearTimeout(earlier?.timer);
      const one = { noticed: earlier?.noticed ?? noticed, quietMs: settleMs, attempt: 1 };
      wait(path, undefined, one);
      const { timer } = pending.get(path)!;
      void look(path).then((seen) => {
        if (seen === 'gone' || pending.get(path)?.timer !== timer) return;
        clearTimeout(timer);
        wait(path, seen, one);
      });
    },
    again({ path, size, mtimeMs, noticed, attempt }, quietMs) {
      // A change that was noticed meanwhile counts more.
      if (pending.has(path)) return;
      wait(path, { size, mtimeMs }, { noticed, quietMs, attempt: attempt + 1 });
    },
    get waiting() {
      return pending.size;
    },
    close() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}

type Seen = { readonly size: number; readonly mtimeMs: number } | undefined;

async function look(path: string): Promise<NonNullable<Seen> | 'gone'> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, mtimeMs };
  } catch {
    // What cannot be looked at cannot be read either; it is noticed again if it comes back.
    return 'gone';
  }
}

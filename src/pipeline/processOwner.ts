/** Who holds a lock or a lease, and whether that process still lives. */
import { hostname } from 'node:os';

export interface Owner {
  readonly pid: number;
  readonly host: string;
}

export const thisProcess = (): Owner => ({ pid: process.pid, host: hostname() });

/** A process elsewhere shows that it lives by touching its file; it is given up after this long. */
export const HEARTBEAT = { everyMs: 5_000, deadAfterMs: 120_000 } as const;

/** @param touched when the owner's file was last touched, in ms since 1970 */
export function isAlive({ pid, host }: Owner, touched: number): boolean {
  // A process that computes touches nothing meanwhile, so here it is the system that is asked.
  if (host !== hostname()) return Date.now() - touched < HEARTBEAT.deadAfterMs;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

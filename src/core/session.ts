/**
 * Who works on files that others may work on too: a process, or a part of one. Its name says enough
 * for others to tell whether it still lives, and is part of the names of all that it must not leave
 * behind.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from './error.ts';

/** `host~pid~started~random`, fit for a file name. */
export type Session = string;

const SESSION = /^([^~]+)~(\d+)~(\d+)~[0-9a-f]{8}/;

/**
 * A session of another host shows that it lives by touching its lease this often; generous,
 * because a process that computes may touch nothing for minutes.
 */
export const HEARTBEAT = { everyMs: 15_000, deadAfterMs: 15 * 60_000 } as const;

export function newSession(): Session {
  const started = processState(process.pid)?.started ?? 0;
  return `${place()}~${process.pid}~${started}~${randomBytes(4).toString('hex')}`;
}

/** The session that a file is named after, if it is. */
export const sessionOf = (fileName: string): Session | undefined => SESSION.exec(fileName)?.[0];

/**
 * @param touched when it last showed itself, in ms since 1970; undefined: never
 * @param deadAfterMs how long one of another host may have been silent
 */
export function isSessionAlive(
  session: Session,
  touched: number | undefined,
  deadAfterMs: number = HEARTBEAT.deadAfterMs,
): boolean {
  const [, host, pid, started] = SESSION.exec(session) ?? [];
  if (host !== place()) return touched !== undefined && Date.now() - touched < deadAfterMs;
  return isProcessAlive(Number(pid), Number(started));
}

/** @param started as in `/proc`, because numbers of processes are used again; 0: not known */
function isProcessAlive(pid: number, started: number): boolean {
  const state = processState(pid);
  if (state !== undefined) return state.runs && (started === 0 || started === state.started);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Where numbers of processes mean the same: containers have their own, also of one host name. */
function place(): string {
  const name = hostname()
    .replace(/[^\w.-]/g, '-')
    .slice(0, 64);
  try {
    return `${name}+${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))![0]}`;
  } catch {
    return name || 'localhost';
  }
}

/** From Linux's `/proc/PID/stat` (proc(5), fields 3 and 22); undefined where there is none. */
function processState(pid: number): { runs: boolean; started: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A killed process that nobody has asked about stays as a zombie.
    return { runs: !/[ZXx]/.test(fields[0]!), started: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

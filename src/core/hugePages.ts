/**
 * Memory in huge pages. Linux gives a program its memory page by page, when each is first touched. Of the
 * usual 4 kB, a model and its first run take fifty thousand, and a virtual machine may need ten
 * microseconds for each: half of the time to a first verdict. Of 2 MB there are few. Linux gives such
 * pages to who asks for them (where /sys/kernel/mm/transparent_hugepage/enabled says `madvise`, as on
 * most systems), and glibc from 2.35 asks where the environment says so when a program starts.
 *
 * https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
 */
import { readFileSync } from 'node:fs';

const VARIABLE = 'GLIBC_TUNABLES';
/** One heap for all threads: glibc asks for huge pages in the first one only. */
export const TUNABLES = 'glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1';
const ENABLED = '/sys/kernel/mm/transparent_hugepage/enabled';

/**
 * - `used`: asked for when this program was started
 * - `own`: the user has set what glibc does otherwise, which stays
 * - `possible`: a program started with `hugePagesVariable` would have them
 * - `no`: Linux gives them to all programs or to none, or this is no Linux
 */
export type HugePages = 'used' | 'own' | 'possible' | 'no';

/** @param enabled what the system's file of that name says */
export function hugePages(
  environment: NodeJS.ProcessEnv = process.env,
  enabled: string = hugePagesEnabled(),
): HugePages {
  const told = environment[VARIABLE];
  if (told !== undefined) return told === TUNABLES ? 'used' : 'own';
  return enabled.includes('[madvise]') ? 'possible' : 'no';
}

function hugePagesEnabled(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync(ENABLED, 'utf8');
  } catch {
    return '';
  }
}

/** What a program is to find in its environment to have huge pages, where it can have them. */
export const hugePagesVariable = (environment = process.env): NodeJS.ProcessEnv =>
  hugePages(environment) === 'possible' ? { [VARIABLE]: TUNABLES } : {};

/** Whether this Node.js can start a program anew as the same process. */
export const canStartAnew = (program: Program = process): boolean => program.execve !== undefined;

/** A running program, as `process` tells of it. */
export interface Program extends Pick<NodeJS.Process, 'execPath' | 'execArgv' | 'argv' | 'env'> {
  /** Whether it has a channel to its parent, which would be lost. */
  readonly connected?: boolean;
  /** In Node.js from 22.15: nothing of the program is left behind it. */
  execve?(file: string, args: readonly string[], environment: NodeJS.ProcessEnv): void;
}

/**
 * Starts this program anew as the same process, with huge pages, where that helps and Node.js can do
 * it; it takes as long as Node.js takes to start. Otherwise it does nothing.
 */
export function startWithHugePages(program: Program = process): void {
  const { execPath, execArgv, argv, env, connected } = program;
  const variable = hugePagesVariable(env);
  if (program.execve === undefined || connected || !(VARIABLE in variable)) return;
  try {
    program.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, ...variable });
  } catch {
    // Node.js's permission model may not allow it.
  }
}

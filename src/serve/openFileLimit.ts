import { readFile } from 'node:fs/promises';

/**
 * How many files and connections this process may have open at once; Node.js raises the soft limit to
 * the hard one when it starts.
 * @returns undefined where the system does not tell (it is Linux that does)
 */
export async function openFileLimit(): Promise<number | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? undefined : Number(soft);
}

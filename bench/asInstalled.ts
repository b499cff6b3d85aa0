/** The environment of the program as npm installs it, whose first line asks for large pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../src/cli/main.js');

/** Of this process, with what the program's first line sets. */
export function environmentAsInstalled(): NodeJS.ProcessEnv {
  const [firstLine] = readFileSync(CLI, 'utf8').split('\n', 1);
  const set = /^#!\/usr\/bin\/env -S (\w+)=(\S+) node$/.exec(firstLine!);
  if (set === null) throw new Error(`${CLI} begins with ${firstLine}`);
  return { ...process.env, [set[1]!]: set[2]! };
}

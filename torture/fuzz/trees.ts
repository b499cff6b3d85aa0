/** Folders that somebody has laid out with other things in them than files. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../src/core/random.ts';
import type { Place } from './target.ts';

/** Files by path; what cannot be made (a name too long) is left out. */
export function writeTree(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const DEVICES = ['/dev/zero', '/dev/null', '/dev/stdin', '/proc/self/mem'];

/** Puts a link, a loop, a pipe, a device or a folder where a file is expected, or beside it. */
export function addStrangeFile(random: Random, root: string, path: string, place: Place): void {
  const target = join(root, path);
  const makers: readonly (() => unknown)[] = [
    () => symlinkSync(join(place.outside, 'canary'), target),
    () => symlinkSync(random.pick(['.', '..', root, target]), target),
    () => symlinkSync('nowhere', target),
    () => symlinkSync(random.pick(DEVICES), target),
    () => execFileSync('mkfifo', [target], { stdio: 'ignore' }),
    () => mkdirSync(target),
    // Not through a link that was laid before.
    () => writeFileSync(target, '', { flag: 'wx' }),
    () => writeFileSync(target, 'not readable', { mode: 0, flag: 'wx' }),
  ];
  const make = random.pick(makers);
  try {
    mkdirSync(dirname(target), { recursive: true });
    make();
  } catch {
    // Something is there already.
  }
}

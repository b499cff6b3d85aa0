/** Where judged images go, and what of a watched folder is therefore not looked at. */
import { join, relative, sep } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { inputError } from '../core/error.ts';
import type { Verdict } from '../inspection/judge/judgement.ts';
import type { JournalLine } from '../journal/journalLine.ts';
import { moveImage } from './moveImage.ts';

/** Below the folder that images are moved to. */
const VERDICT_FOLDERS: Readonly<Record<Verdict, string>> = {
  normal: 'normal',
  anomalous: 'anomalous',
  unsure: 'unsure',
  'not judged': 'not-judged',
};

/**
 * Moves or tags a judged image.
 * @param resumed whether that may have been begun before
 * @returns where it is now
 */
export type Placer = (path: string, line: JournalLine, resumed: boolean) => Promise<string>;

export function placer(folder: string, move: string | undefined, tag: boolean): Placer {
  if (move !== undefined) {
    return (path, { verdict }, resumed) =>
      moveImage(path, join(move, VERDICT_FOLDERS[verdict], relative(folder, path)), resumed);
  }
  return async (path, line) => {
    if (tag)
      await writeFileAtomic(`${path}.flawmap.json`, `${JSON.stringify(line, undefined, 2)}\n`);
    return path;
  };
}

/** Hidden ones, and those that judged images go to. */
export function ignoredPaths(folder: string, move: string | undefined): (path: string) => boolean {
  const names = Object.values(VERDICT_FOLDERS);
  const targets = [folder, ...(move === undefined ? [] : [move])].flatMap((parent) =>
    names.map((name) => join(parent, name)),
  );
  if (targets.includes(folder)) {
    throw inputError({
      what: `${folder} cannot be watched`,
      expected: 'a folder that judged images are not moved to',
      found: `one that --move ${move} moves to`,
      remedy: 'name the folder that photographs are put into',
    });
  }
  const isBelow = (path: string, parent: string) =>
    path === parent || path.startsWith(parent + sep);
  return (path) =>
    relative(folder, path)
      .split(sep)
      .some((name) => name.startsWith('.') && name !== '..' && name !== '.') ||
    targets.some((target) => isBelow(path, target));
}

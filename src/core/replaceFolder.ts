import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writeAtomic } from './atomicFile.ts';
import { systemCode } from './error.ts';
import { isSessionAlive, newSession, sessionOf } from './session.ts';

/** Others that replace the same folder at the same time. */
const TRIES = 20;

/**
 * Makes a folder anew: `make` fills a partial one beside it, which then takes the place of whatever
 * was there. Until that moment the old folder stays as it is; of two that replace it at the same
 * time the last stays. No file system renames over a folder that holds something: where a process is
 * killed between putting the old folder aside and the new one in its place, the next call puts it
 * back first.
 * @throws FlawmapError (environment) naming the folder when the disk is full or access is denied
 */
export async function replaceFolder(
  path: string,
  make: (partialPath: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  await recover(target);
  await writeAtomic(target, make, exchange);
}

/** Of what was put aside. */
const prefixOf = (target: string): string => `${basename(target)}.replaced-`;

async function exchange(partial: string, target: string): Promise<void> {
  const aside = join(dirname(target), `${prefixOf(target)}${newSession()}`);
  for (let tries = 1; ; tries++) {
    const hadOne = await movedAway(target, aside);
    try {
      await rename(partial, target);
    } catch (error) {
      const isTaken = ['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '');
      // Where somebody else's is there meanwhile, it has taken this one's place.
      const isBack = hadOne && (await movedAway(aside, target).catch(() => false));
      if (!isTaken || tries === TRIES) throw error;
      if (hadOne && !isBack) await rm(aside, { recursive: true, force: true });
      continue;
    }
    if (hadOne) await rm(aside, { recursive: true, force: true });
    return;
  }
}

/** @returns false where there was nothing */
async function movedAway(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** What killed processes have put aside is put back, or removed where its place is taken. */
async function recover(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = prefixOf(target);
  for (const name of await readdir(folder).catch(() => [])) {
    const session = name.startsWith(prefix) ? sessionOf(name.slice(prefix.length)) : undefined;
    if (session === undefined || isSessionAlive(session, undefined)) continue;
    const aside = join(folder, name);
    const isBack = await movedAway(aside, target).catch(() => false);
    if (!isBack) await rm(aside, { recursive: true, force: true }).catch(() => {});
  }
}

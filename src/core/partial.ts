/**
 * Names of what is being made, and the removal of what killed processes have left under such names.
 * They end in the session that makes it, so that anybody can tell whether it still does.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isSessionAlive, newSession } from './session.ts';

const PARTIAL = /\.partial-([^~]+~\d+~\d+~[0-9a-f]{8})$/;
/** Processes of other machines cannot be asked; nothing is made for longer. */
const ABANDONED_MS = 24 * 3600 * 1000;
/** Characters of the target's name; the whole must stay within the 255 bytes that a name may have. */
const KEPT = 40;

/** Folders that this process has looked through: what is left there later is not from before it. */
const swept = new Set<string>();

/** A path beside the target where nothing is yet, for what is to take the target's place. */
export function partialOf(target: string): string {
  const name = basename(target).slice(0, KEPT);
  return join(dirname(target), `${name}.partial-${newSession()}`);
}

/**
 * Removes what killed processes were making in a folder; once in a process, because folders may be
 * large. A folder that cannot be read or written to is left as it is.
 */
export async function sweepPartials(folder: string): Promise<void> {
  const path = resolve(folder);
  if (swept.has(path)) return;
  swept.add(path);
  for (const name of await readdir(path).catch(() => [])) {
    const session = PARTIAL.exec(name)?.[1];
    if (session === undefined) continue;
    const partial = join(path, name);
    const found = await stat(partial).catch(() => undefined);
    if (found === undefined || isSessionAlive(session, found.mtimeMs, ABANDONED_MS)) continue;
    await rm(partial, { recursive: true, force: true }).catch(() => {});
  }
}

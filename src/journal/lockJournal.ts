/**
 * One writer of a journal at a time. Whoever wants to write raises a flag, an empty file of a name
 * that never comes again, in a folder beside the journal; of two that raise at once at least one
 * sees the other and gives way. Flags of the dead are removed by whoever comes next.
 */
import { open, readdir, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError, systemCode } from '../core/error.ts';
import { makeFolder } from '../core/makeFolder.ts';
import { HEARTBEAT, isSessionAlive, newSession } from '../pipeline/session.ts';

/**
 * @param path of the journal, absolute
 * @throws FlawmapError (input) while another process, or another part of this one, writes to it
 */
export async function lockJournal(path: string): Promise<AsyncDisposable> {
  const folder = `${path}.lock`;
  const flag = join(folder, newSession());
  await raise(folder, flag);
  const lower = async () => {
    // Where rights were taken away meanwhile: the next writer removes it, once this process has ended.
    await rm(flag, { force: true }).catch(() => {});
    // Somebody else's flag may be there.
    await rmdir(folder).catch(() => {});
  };
  const others = await livingFlags(folder, flag);
  if (others.length > 0) {
    await lower();
    throw inputError({
      what: `somebody else is writing to the journal ${path}`,
      expected: 'one writer at a time',
      found: `a process that is at work: ${others[0]}`,
      remedy: 'give each process a journal of its own, or wait until that one has ended',
    });
  }
  // Processes of other machines cannot be asked whether they live: they show it.
  const show = () => utimes(flag, new Date(), new Date()).catch(() => {});
  const heartbeat = setInterval(show, HEARTBEAT.everyMs);
  heartbeat.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      await lower();
    },
  };
}

async function raise(folder: string, flag: string): Promise<void> {
  for (;;) {
    await makeFolder(folder);
    try {
      await (await open(flag, 'wx')).close();
      return;
    } catch (error) {
      // Whoever wrote before has just removed its folder.
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

async function livingFlags(folder: string, own: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(folder)) {
    const flag = join(folder, name);
    if (flag === own) continue;
    const touched = await stat(flag).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (isSessionAlive(name, touched)) living.push(name);
    else await rm(flag, { force: true });
  }
  return living;
}

/**
 * One writer of a file at a time. Whoever wants to write raises a flag, an empty file of a name
 * that never comes again, in a folder beside the file; of two that raise at once at least one
 * sees the other and gives way. Flags of the dead are removed by whoever comes next.
 */
import { open, readdir, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inputError, systemCode } from './error.ts';
import { makeFolder } from './makeFolder.ts';
import { HEARTBEAT, isSessionAlive, newSession } from './session.ts';

/** A fifth of a second, in all. */
const TRIES = 8;

/**
 * @param path of the file, absolute
 * @param called for messages: `the journal line.jsonl`
 * @param remedy what to do while it is being written
 * @throws FlawmapError (input) while another process, or another part of this one, writes to it; the
 * system's error where the flag cannot be raised
 */
export async function lockWriting(
  path: string,
  called: string,
  remedy: string,
): Promise<AsyncDisposable> {
  const folder = `${path}.lock`;
  const flag = join(folder, newSession());
  const lower = async () => {
    // Where rights were taken away meanwhile: the next writer removes it, once this process has ended.
    await rm(flag, { force: true }).catch(() => {});
    // Somebody else's flag may be there.
    await rmdir(folder).catch(() => {});
  };
  for (let tries = 1; ; tries++) {
    const [other] = await raised(folder, flag).catch(async (error) => {
      await lower();
      throw error;
    });
    if (other === undefined) break;
    await lower();
    if (tries === TRIES) {
      throw inputError({
        what: `somebody else is writing to ${called}`,
        expected: 'one writer at a time',
        found: `a process that is at work: ${other}`,
        remedy,
      });
    }
    // Of random length, so that of two that have given way to each other one comes first.
    await wait(5 + 45 * Math.random());
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

/** @returns whose flags were there already */
async function raised(folder: string, flag: string): Promise<string[]> {
  await raise(folder, flag);
  return livingFlags(folder, flag);
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

/** Writes a journal, line after line. */
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFailure, writeFileAtomic } from '../core/atomicFile.ts';
import { inputError } from '../core/error.ts';
import { lockWriting } from '../core/lockWriting.ts';
import { makeFolder } from '../core/makeFolder.ts';
import {
  isBroken,
  type JournalEntry,
  type JournalLine,
  NO_LINE,
  openLine,
  sealLine,
} from './journalLine.ts';

export interface Journal extends AsyncDisposable {
  /** A line that was being written when its writer was killed; undefined where there was none. */
  readonly setAside: { readonly file: string; readonly bytes: number } | undefined;
  /** Hash of the last line; zeros where there is none. */
  last(): string;
  /**
   * In the order of the calls. When it resolves, the line is on the disk (one write, then
   * `fdatasync`): neither `kill -9` nor a loss of power takes it away.
   * @throws FlawmapError (environment) when the disk is full: the journal is as before then, or no
   * line is written until it is
   */
  append(entry: JournalEntry): Promise<JournalLine>;
}

/**
 * Made if it is not there. Its last line is checked; a line that lacks its end is moved to a file
 * beside it.
 * @throws FlawmapError (input) while somebody else writes to it, or when its last line is no line of
 * a journal; (environment) when it cannot be written
 */
export async function appendJournal(path: string): Promise<Journal> {
  const absolute = resolve(path);
  const lock = await locked(absolute);
  let file: FileHandle | undefined;
  try {
    file = await open(absolute, 'a+');
    await syncFolder(dirname(absolute));
    const { end, setAside } = await setTornAside(file, absolute);
    const last = await lastHash(file, end, absolute);
    return writer(file, absolute, { end, last, setAside, lock });
  } catch (error) {
    await file?.close();
    await lock[Symbol.asyncDispose]();
    throw writeFailure(absolute, error);
  }
}

async function locked(path: string): Promise<AsyncDisposable> {
  try {
    await makeFolder(dirname(path));
    return await lockWriting(path, `the journal ${path}`, OTHER_JOURNAL);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

function writer(
  file: FileHandle,
  path: string,
  state: { end: number; last: string; setAside: Journal['setAside']; lock: AsyncDisposable },
): Journal {
  let turn: Promise<unknown> = Promise.resolve();
  /** Whether half a line may stand at the end: another after it would make both one broken line. */
  let torn = false;
  const write = async (entry: JournalEntry): Promise<JournalLine> => {
    const { text, line } = sealLine(entry, state.last);
    const bytes = Buffer.from(`${text}\n`);
    const broken = openLine(bytes.subarray(0, -1));
    if (isBroken(broken)) throw notALine(path, broken.problem);
    const takeBack = async () => {
      await file.truncate(state.end);
      torn = false;
    };
    try {
      if (torn) await takeBack();
      torn = true;
      await file.writeFile(bytes);
      await file.datasync();
      torn = false;
    } catch (error) {
      await takeBack().catch(() => {});
      throw writeFailure(path, error);
    }
    state.end += bytes.length;
    state.last = line.hash;
    return line;
  };
  return {
    setAside: state.setAside,
    last: () => state.last,
    append(entry) {
      const written = turn.then(() => write(entry));
      turn = written.catch(() => {});
      return written;
    },
    async [Symbol.asyncDispose]() {
      await turn;
      await file.close();
      await state.lock[Symbol.asyncDispose]();
    },
  };
}

const OTHER_JOURNAL = 'give each process a journal of its own, or wait until that one has ended';
const LINE_END = 0x0a;
const CHUNK = 65_536;

/** Cuts the file after its last line's end; what was there is kept in a file before it is cut. */
async function setTornAside(
  file: FileHandle,
  path: string,
): Promise<{ end: number; setAside: Journal['setAside'] }> {
  const { size } = await file.stat();
  const end = (await lineEndBefore(file, size)) + 1;
  if (end === size) return { end, setAside: undefined };
  const torn = await readPart(file, end, size);
  const aside = `${path}.torn-${end}-${Date.now()}`;
  await writeFileAtomic(aside, torn);
  await file.truncate(end);
  await file.datasync();
  return { end, setAside: { file: aside, bytes: torn.length } };
}

async function lastHash(file: FileHandle, end: number, path: string): Promise<string> {
  if (end === 0) return NO_LINE;
  const start = (await lineEndBefore(file, end - 1)) + 1;
  const line = openLine(await readPart(file, start, end - 1));
  if (!isBroken(line)) return line.hash;
  throw inputError({
    what: `cannot go on with the journal ${path}`,
    expected: 'a last line as it was written',
    found: line.problem,
    remedy: '`flawmap log verify` tells the first line that does not follow; begin a new journal',
  });
}

/** Where the last line's end before a position is; -1 for none. */
async function lineEndBefore(file: FileHandle, position: number): Promise<number> {
  for (let end = position; end > 0; end = Math.max(0, end - CHUNK)) {
    const start = Math.max(0, end - CHUNK);
    const found = (await readPart(file, start, end)).lastIndexOf(LINE_END);
    if (found >= 0) return start + found;
  }
  return -1;
}

async function readPart(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

/** So that a new file is still there after a loss of power. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Windows refuses; there the file system keeps names safe by itself.
  }
}

const notALine = (path: string, problem: string) =>
  inputError({ what: `${path} cannot take this judgement`, found: problem });

/**
 * The unfinished file of a download, `FILE.part`, and beside it `FILE.part.json`, which says what
 * it is the beginning of: bytes of two versions of a resource must never end up in one file.
 */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { writeFileAtomic } from './atomicFile.ts';
import { environmentError, systemCode } from './error.ts';

export interface Part {
  readonly path: string;
  /** Bytes there already, to be continued; 0 starts over. */
  readonly bytes: number;
  /** A strong ETag or a date that identifies the version these bytes come from. */
  readonly validator: string | undefined;
}

interface Note {
  readonly url: string;
  readonly validator?: string | undefined;
}

/**
 * What an earlier attempt has left for this address.
 * @param hashIsKnown whether a wrong continuation would be noticed in the end
 */
export async function readPart(to: string, url: string, hashIsKnown: boolean): Promise<Part> {
  const path = `${to}.part`;
  const bytes = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  const note = await readNote(path);
  const resumable = note?.url === url && (note.validator !== undefined || hashIsKnown);
  return resumable ? { path, bytes, validator: note.validator } : emptyPart(path);
}

export const emptyPart = (path: string): Part => ({ path, bytes: 0, validator: undefined });

async function readNote(path: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(`${path}.json`, 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

export async function removePart(part: Part): Promise<void> {
  await rm(part.path, { force: true });
  await rm(`${part.path}.json`, { force: true });
}

/** The complete part becomes the file itself. */
export async function finishPart(part: Part, to: string): Promise<void> {
  await rename(part.path, to).catch((error: unknown) => diskFailure(to, error));
  await removePart(part);
}

/**
 * Writes a response's body behind the part's bytes (or over the file, when there are none).
 * @throws FlawmapError (environment) when the disk refuses; what the network throws passes through
 */
export async function appendToPart(
  part: Part,
  note: Note,
  body: AsyncIterable<Uint8Array>,
  onBytes: (bytesSoFar: number) => void,
): Promise<number> {
  const refused = (error: unknown) => diskFailure(part.path, error);
  // Before the note is: what is left of another version would be taken for what the note says.
  if (part.bytes === 0) await rm(part.path, { force: true }).catch(refused);
  await writeFileAtomic(`${part.path}.json`, JSON.stringify(note));
  const file = await open(part.path, part.bytes === 0 ? 'w' : 'a').catch(refused);
  let bytes = part.bytes;
  try {
    for await (const chunk of body) {
      await file.writeFile(chunk).catch(refused);
      bytes += chunk.length;
      onBytes(bytes);
    }
    await file.sync().catch(refused);
  } finally {
    await file.close();
  }
  return bytes;
}

function diskFailure(path: string, error: unknown): never {
  throw environmentError({
    what: `cannot write ${path}`,
    found: systemCode(error) ?? String(error),
    remedy: 'free some disk space, or choose a folder you may write to; what is there is kept',
    cause: error,
  });
}

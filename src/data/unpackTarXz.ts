/** Unpacks a .tar.xz as a stream, in constant memory; nothing can leave the target folder. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { type ReadEntry, Unpack } from 'tar';
import xz from 'xz-decompress';
import {
  environmentError,
  FlawmapError,
  inputError,
  messageOf,
  systemCode,
} from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';

export interface Unpacking extends RunControl {
  readonly archive: string;
  /** The folder to fill; made if it is missing. */
  readonly to: string;
  /** Top-level folders to unpack; the rest is passed over. */
  readonly only: readonly string[];
}

/**
 * Takes plain files and folders only; permissions and owners in the archive are not applied.
 * What is in the folder after a failure is incomplete and the caller's to remove.
 * @throws FlawmapError (input) for a damaged archive, and for one with an absolute path, a path with
 * `..`, a link or a device; (environment) when the disk refuses
 */
export async function unpackTarXz(unpacking: Unpacking): Promise<void> {
  const { archive, to, only, signal, onProgress } = unpacking;
  await mkdir(to, { recursive: true });
  const { size } = await stat(archive);
  const file = createReadStream(archive);
  let failure: unknown;
  const extractor = new Unpack({
    cwd: to,
    strict: true,
    preserveOwner: false,
    filter: (path, entry) => {
      failure ??= refusal(archive, path, entry as ReadEntry);
      return failure === undefined && only.includes(path.split('/')[0]!);
    },
    onReadEntry: (entry) => {
      entry.mode = entry.type === 'Directory' ? 0o755 : 0o644;
    },
  });
  extractor.on('error', (error) => {
    failure ??= error;
  });
  const step = `unpacking ${basename(archive)}`;
  try {
    const content = new xz.XzReadableStream(Readable.toWeb(file) as ReadableStream<Uint8Array>);
    for await (const chunk of content) {
      signal?.throwIfAborted();
      // The tar parser reads plain Uint8Arrays wrongly.
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const hasRoom = bytes.length === 0 || extractor.write(bytes);
      if (failure !== undefined) throw failure;
      if (!hasRoom) await once(extractor, 'drain', { signal });
      onProgress?.({
        step,
        done: megabytes(file.bytesRead),
        total: megabytes(size),
        unit: 'MB',
      });
    }
    const finished = once(extractor, 'finish', { signal });
    extractor.end();
    await finished;
    if (failure !== undefined) throw failure;
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(archive, to, error);
  } finally {
    file.destroy();
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

const PLAIN_TYPES: readonly string[] = ['File', 'OldFile', 'ContiguousFile', 'Directory'];

function refusal(archive: string, path: string, entry: ReadEntry): FlawmapError | undefined {
  const found = suspicion(path, entry);
  if (found === undefined) return undefined;
  return inputError({
    what: `${archive} is not to be trusted`,
    expected: 'files and folders that stay inside the folder they are unpacked to',
    found,
    remedy: 'remove it and download it again from the official address',
  });
}

function suspicion(path: string, { type, linkpath }: ReadEntry): string | undefined {
  if (type === 'SymbolicLink' || type === 'Link') return `${path} is a link to ${linkpath}`;
  if (!PLAIN_TYPES.includes(type)) return `${path} is of the type ${type}`;
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return `the absolute path ${path}`;
  if (path.split(/[/\\]/).includes('..')) return `the path ${path}`;
  return undefined;
}

function explain(archive: string, to: string, error: unknown): unknown {
  if (error instanceof FlawmapError) return error;
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EACCES' || code === 'EPERM') {
    return environmentError({
      what: `cannot unpack ${archive} into ${to}`,
      found: code,
      remedy: 'free some space there, or choose a folder you may write to',
      cause: error,
    });
  }
  return inputError({
    what: `${archive} is damaged or cut short`,
    expected: 'a complete .tar.xz archive',
    found: messageOf(error),
    remedy: 'remove it and download it again',
  });
}

/** Backbone files: fetched into the cache, found there or by path, and checked. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { writeFileAtomic } from '../core/atomicFile.ts';
import { cacheFolder } from '../core/cacheFolder.ts';
import { downloadFile } from '../core/download.ts';
import { environmentError, inputError } from '../core/error.ts';
import { sha256File } from '../core/hash.ts';
import type { RunControl } from '../core/progress.ts';
import { type BackboneFile, type CatalogueEntry, catalogueEntry } from './catalogue.ts';

/**
 * What a file's hash was compared with: the catalogue's, the one recorded at the first download
 * (where the catalogue has none), or nothing.
 */
export type HashCheck = 'catalogue' | 'first download' | 'none';

export interface FoundBackbone {
  /** Undefined for a file given by path. */
  readonly entry: CatalogueEntry | undefined;
  /** Undefined for what is built in. */
  readonly file:
    | { readonly path: string; readonly sha256: string; readonly checkedAgainst: HashCheck }
    | undefined;
}

export const backboneFolder = (): string => join(cacheFolder(), 'backbones');

/** Where the cache keeps an entry's file, whether it is there or not. */
export function backbonePath(file: BackboneFile, folder: string = backboneFolder()): string {
  return join(folder, file.name);
}

/**
 * The backbone of that name, or the one in that file; a name's file must be in the cache and have
 * the right hash.
 * @param nameOrPath a name of the catalogue; that name in an absolute folder that holds its file; or
 *   a path ending in .onnx or .safetensors
 * @throws FlawmapError (environment) when the named backbone is not in the cache, saying how to get
 *   it; (input) when the path leads nowhere or the hash is wrong; (usage) for an unknown name
 */
export async function findBackbone(
  nameOrPath: string,
  folder: string = backboneFolder(),
): Promise<FoundBackbone> {
  if (/\.(onnx|safetensors)$/i.test(nameOrPath))
    return { entry: undefined, file: await byPath(nameOrPath) };
  // A name in another folder than that of the cache.
  const entry = catalogueEntry(isAbsolute(nameOrPath) ? basename(nameOrPath) : nameOrPath);
  if (entry.file === null) return { entry, file: undefined };
  const path = backbonePath(entry.file, isAbsolute(nameOrPath) ? dirname(nameOrPath) : folder);
  if (!(await isFile(path))) throw missing(entry.name, entry.file, path);
  return { entry, file: await checked(entry, entry.file, path) };
}

/**
 * Fetches a backbone's file into the cache, unless it is there already, and checks it. Where the
 * catalogue knows no hash, the first one seen is written to `FILE.sha256` and holds from then on.
 * @throws FlawmapError (environment) naming the address and the path for placing the file by hand
 */
export async function pullBackbone(
  name: string,
  control: RunControl = {},
  folder: string = backboneFolder(),
): Promise<FoundBackbone & { readonly downloaded: boolean }> {
  return pullEntry(catalogueEntry(name), control, folder);
}

/** As `pullBackbone`, for an entry of any catalogue. */
export async function pullEntry(
  entry: CatalogueEntry,
  control: RunControl,
  folder: string,
): Promise<FoundBackbone & { readonly downloaded: boolean }> {
  if (entry.file === null) return { entry, file: undefined, downloaded: false };
  const path = backbonePath(entry.file, folder);
  let downloaded = false;
  if (!(await isFile(path))) {
    const { url, sha256, bytes, bytesAreApproximate } = entry.file;
    if (url === null) throw missing(entry.name, entry.file, path);
    const size = bytesAreApproximate ? undefined : bytes;
    await downloadFile({ ...control, url, to: path, sha256, size });
    downloaded = true;
  }
  const file = await checked(entry, entry.file, path);
  if (file.checkedAgainst === 'none') {
    await writeFileAtomic(`${path}.sha256`, `${file.sha256}  ${basename(path)}\n`);
  }
  return { entry, file, downloaded };
}

async function byPath(given: string): Promise<NonNullable<FoundBackbone['file']>> {
  const path = resolve(given);
  if (await isFile(path)) {
    return { path, sha256: await sha256File(path), checkedAgainst: 'none' };
  }
  throw inputError({
    what: `there is no backbone file ${given}`,
    expected: 'an .onnx or .safetensors file',
    found: `no file at ${path}`,
    remedy: 'check the path, or use a name from: flawmap backbone list',
  });
}

async function checked(
  { name }: CatalogueEntry,
  file: BackboneFile,
  path: string,
): Promise<NonNullable<FoundBackbone['file']>> {
  const expected = file.sha256 ?? (await recordedHash(path));
  const sha256 = await sha256File(path);
  if (expected !== undefined && expected !== sha256) {
    throw inputError({
      what: `${path} is not the backbone ${name}`,
      expected: `SHA-256 ${expected}`,
      found: `SHA-256 ${sha256}`,
      remedy: `remove that file, then ${howToGet(name, file, path)}`,
    });
  }
  const checkedAgainst =
    file.sha256 !== null ? 'catalogue' : expected !== undefined ? 'first download' : 'none';
  return { path, sha256, checkedAgainst };
}

/** The format of sha256sum: the hash, then the name. */
async function recordedHash(path: string): Promise<string | undefined> {
  const text = await readFile(`${path}.sha256`, 'utf8').catch(() => '');
  return /^[0-9a-f]{64}\b/.exec(text)?.[0];
}

function missing(name: string, file: BackboneFile, path: string) {
  return environmentError({
    what: `the file of backbone ${name} is not here`,
    expected: path,
    found: 'no such file',
    remedy: howToGet(name, file, path),
  });
}

function howToGet(name: string, file: BackboneFile, path: string): string {
  if (file.url !== null) return `run: flawmap backbone pull ${name}`;
  return `place ${file.name} (${file.bytes} bytes, SHA-256 ${file.sha256 ?? 'not known'}) there by hand: ${path}`;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * Files in a zip archive, as they are: photographs hardly get smaller. Source: PKWARE, APPNOTE.TXT
 * 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
 */
import { crc32 } from '../../src/browser/crc32.ts';
import { usageError } from '../../src/core/error.ts';

export interface ZipEntry {
  /** With forward slashes. */
  readonly path: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

const STORED = 0;
/** Names are UTF-8. */
const UTF8_FLAG = 1 << 11;
const VERSION = 20;
/** The first of January 1980, the archive's earliest: the same files give the same bytes. */
const DATE = (1 << 5) | 1;
/** Beyond, archives take another format. */
const LARGEST = 0xffffffff;
const MOST_FILES = 0xffff;

/** @throws FlawmapError (usage) for more than 65535 files or 4 GB */
export function zipArchive(entries: readonly ZipEntry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { path, data } of entries) {
    const name = new TextEncoder().encode(path);
    const common = [VERSION, UTF8_FLAG, STORED, 0, DATE];
    const sizes = [crc32(data), data.length, data.length];
    const local = record([0x04034b50], common, sizes, [name.length, 0]);
    directory.push(
      record([0x02014b50], [VERSION, ...common], sizes, [name.length, 0, 0, 0, 0], [0, offset]),
      name,
    );
    parts.push(local, name, data);
    offset += local.length + name.length + data.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  if (entries.length > MOST_FILES || offset + length > LARGEST) {
    throw usageError({
      what: 'these files do not fit in one archive',
      expected: '65535 files and 4 GB at most',
      found: `${entries.length} files of ${(offset / 1e9).toFixed(1)} GB`,
      remedy: 'download the labels in several parts',
    });
  }
  const count = entries.length;
  const end = record([0x06054b50], [0, 0, count, count], [length, offset], [0]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** Little-endian numbers in groups: of four bytes and of two, in turn. */
function record(...groups: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = groups.reduce((sum, group, i) => sum + group.length * (i % 2 === 0 ? 4 : 2), 0);
  const view = new DataView(new ArrayBuffer(bytes));
  let at = 0;
  groups.forEach((group, i) => {
    for (const value of group) {
      if (i % 2 === 0) view.setUint32(at, value, true);
      else view.setUint16(at, value, true);
      at += i % 2 === 0 ? 4 : 2;
    }
  });
  return new Uint8Array(view.buffer);
}

import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { readZip } from '../../test/support/readZip.ts';
import { zipArchive } from './zipArchive.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('holds files under their paths, with their checksums', async () => {
  const files = [
    { path: 'good/a.png', data: bytes('first') },
    { path: 'flawed/ä.png', data: bytes('') },
  ];
  const archive = Buffer.from(await zipArchive(files).arrayBuffer());
  const read = readZip(archive);
  expect(read.map(({ path }) => path)).toEqual(['good/a.png', 'flawed/ä.png']);
  expect(read.map(({ data }) => data.toString())).toEqual(['first', '']);
  // zlib's own
  expect(read.map((entry) => entry.crc32)).toEqual([crc32('first'), 0]);
});

it('is the same, byte by byte, of the same files', async () => {
  const make = () => zipArchive([{ path: 'good/a.png', data: bytes('first') }]).arrayBuffer();
  expect(Buffer.from(await make())).toEqual(Buffer.from(await make()));
});

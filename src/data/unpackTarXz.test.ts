import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ArchiveName, archiveBytes } from '../../test/fixtures/tarXz.ts';
import { makeTree } from '../../test/support/tree.ts';
import { unpackTarXz } from './unpackTarXz.ts';

const placed = (bytes: Uint8Array) => {
  const root = makeTree({ 'a.tar.xz': bytes });
  return { archive: join(root, 'a.tar.xz'), to: join(root, 'inner', 'out') };
};

describe('unpackTarXz', () => {
  it('unpacks the folders asked for, writable even where the archive says otherwise', async () => {
    const { archive, to } = placed(archiveBytes('twoCategories'));
    const steps: [string, number, number][] = [];
    await unpackTarXz({
      archive,
      to,
      only: ['bottle'],
      onProgress: ({ step, done, total }) => steps.push([step, done, total]),
    });
    expect((await readdir(to, { recursive: true })).sort()).toEqual([
      'bottle',
      'bottle/test',
      'bottle/test/good',
      'bottle/test/good/000.png',
      'bottle/train',
      'bottle/train/good',
      'bottle/train/good/000.png',
    ]);
    expect(readFileSync(join(to, 'bottle/train/good/000.png'), 'utf8')).toBe('train 0');
    expect(statSync(join(to, 'bottle/train/good')).mode & 0o200).not.toBe(0);
    expect(statSync(join(to, 'bottle/train/good/000.png')).mode & 0o200).not.toBe(0);
    expect(steps.at(-1)![0]).toBe('unpacking a.tar.xz');
  });

  it.each<[ArchiveName, RegExp]>([
    ['parentPath', /found: +the path \.\.\/evil\n/],
    ['hiddenParentPath', /found: +the path bottle\/\.\.\/\.\.\/evil\n/],
    ['absolutePath', /found: +the absolute path \/tmp\/flawmap-evil\n/],
    ['symbolicLink', /found: +bottle\/train is a link to \/tmp\n/],
    ['hardLink', /found: +bottle\/passwd is a link to \/etc\/passwd\n/],
    ['device', /found: +bottle\/null is of the type CharacterDevice\n/],
  ])('refuses an archive with %s', async (name, message) => {
    const { archive, to } = placed(archiveBytes(name));
    const unpacking = unpackTarXz({ archive, to, only: ['bottle'] });
    await expect(unpacking).rejects.toThrow(/a\.tar\.xz is not to be trusted/);
    await expect(unpacking).rejects.toThrow(message);
    expect(existsSync(join(dirname(to), 'evil'))).toBe(false);
    expect(existsSync('/tmp/flawmap-evil')).toBe(false);
    expect(existsSync('/tmp/evil')).toBe(false);
  });

  it('refuses a malicious entry outside of what is asked for, too', async () => {
    const { archive, to } = placed(archiveBytes('symbolicLink'));
    await expect(unpackTarXz({ archive, to, only: ['cable'] })).rejects.toThrow(
      /not to be trusted/,
    );
  });

  const whole = archiveBytes('twoCategories');
  const flipped = Buffer.from(whole);
  flipped[100]! ^= 0xff;
  it.each([
    ['cut short', whole.subarray(0, whole.length - 40)],
    ['cut within its last bytes', whole.subarray(0, whole.length - 3)],
    ['cut within its header', whole.subarray(0, 5)],
    ['empty', Buffer.alloc(0)],
    ['changed', flipped],
    ['something else', Buffer.from('<html>404 not found</html>'.repeat(50))],
  ])('refuses an archive that is %s', async (_, bytes) => {
    const { archive, to } = placed(bytes);
    await expect(unpackTarXz({ archive, to, only: ['bottle'] })).rejects.toThrow(
      /a\.tar\.xz is damaged or cut short[\s\S]*download it again/,
    );
  });

  it('stops when told to, and can unpack again afterwards', async () => {
    const { archive, to } = placed(whole);
    const stopped = unpackTarXz({ archive, to, only: ['bottle'], signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    await unpackTarXz({ archive, to, only: ['cable'] });
    expect(readFileSync(join(to, 'cable/train/good/000.png'), 'utf8')).toBe('cable 0');
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { removePartials } from './atomicFile.ts';
import { openScratchFile } from './scratchFile.ts';

describe('openScratchFile', () => {
  it('can be written and read, and is gone when closed', async () => {
    const folder = join(makeTree({}), 'a/b');
    {
      await using scratch = await openScratchFile(folder);
      await scratch.handle.write(Buffer.from('hello'));
      const { buffer, bytesRead } = await scratch.handle.read(Buffer.alloc(3), 0, 3, 2);
      expect(buffer.toString('utf8', 0, bytesRead)).toBe('llo');
      expect(readdirSync(folder)).toHaveLength(1);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is gone when the work with it fails', async () => {
    const folder = makeTree({});
    const work = async () => {
      await using scratch = await openScratchFile(folder);
      await scratch.handle.write(Buffer.from('x'));
      throw new Error('the work failed');
    };
    await expect(work()).rejects.toThrow('the work failed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is removed with the partial files when the program is interrupted', async () => {
    const folder = makeTree({});
    await using _scratch = await openScratchFile(folder);
    removePartials();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not meet another one in the same folder', async () => {
    const folder = makeTree({});
    await using first = await openScratchFile(folder);
    await using second = await openScratchFile(folder);
    await first.handle.write(Buffer.from('first'));
    await second.handle.write(Buffer.from('2'));
    const { bytesRead } = await first.handle.read(Buffer.alloc(9), 0, 9, 0);
    expect(bytesRead).toBe(5);
  });

  it('names the folder that cannot be written to', async () => {
    const root = makeTree({ file: 'x' });
    const folder = join(root, 'file', 'below');
    await expect(openScratchFile(folder)).rejects.toMatchObject({
      kind: 'environment',
      details: { what: `cannot write ${folder}`, found: 'ENOTDIR' },
    });
    expect(readdirSync(root)).toEqual(['file']);
  });
});

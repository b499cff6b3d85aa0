import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { readConfig } from './readConfig.ts';

describe('readConfig', () => {
  test('knows the file and the folder that relative paths start at', async () => {
    const root = makeTree({ 'studies/mine.yaml': 'dataset: { root: ../data }' });
    const found = await readConfig(join(root, 'studies', 'mine.yaml'));
    expect(found.config.dataset.root).toBe('../data');
    expect(found).toMatchObject({
      file: join(root, 'studies', 'mine.yaml'),
      folder: join(root, 'studies'),
    });
  });

  test('names the file where it cannot be read, and what to start from', async () => {
    const root = makeTree({ 'folder/': '' });
    for (const [name, found] of [
      ['none.yaml', 'ENOENT'],
      ['folder', 'EISDIR'],
    ] as const) {
      const path = join(root, name);
      await expect(readConfig(path)).rejects.toMatchObject({
        kind: 'input',
        details: { what: `cannot read the configuration ${path}`, found },
        message: expect.stringContaining('--print-config'),
      });
    }
  });

  test('names the file where its content is wrong', async () => {
    const root = makeTree({ 'mine.yaml': 'sed: 1' });
    const path = join(root, 'mine.yaml');
    await expect(readConfig(path)).rejects.toThrow(`${path} is no configuration of a study`);
  });
});

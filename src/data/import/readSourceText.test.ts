import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { readSourceText } from './readSourceText.ts';

it('reads text, and refuses by name what is none', async () => {
  const root = makeTree({ 'table.csv': 'a,b', 'folder/x': '' });
  expect(await readSourceText(join(root, 'table.csv'))).toBe('a,b');
  const pipe = join(root, 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, join(root, 'folder'), join(root, 'missing.csv'), '/proc/self/mem']) {
    await expect(readSourceText(path)).rejects.toMatchObject({
      kind: 'input',
      details: { what: `cannot read ${path}` },
    });
  }
});

import { readFileSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { appendToPart, emptyPart, readPart } from './downloadPart.ts';

const { refused } = vi.hoisted(() => ({ refused: new Set<string>() }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const open: typeof real.open = async (path, ...options) => {
    if (!refused.has(String(path))) return real.open(path, ...options);
    throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
  };
  return { ...real, open };
});

async function* body(text: string) {
  yield new TextEncoder().encode(text);
}

it('does not take the bytes of an older version for the beginning of a newer one', async () => {
  const to = join(makeTree({}), 'file');
  const path = `${to}.part`;
  const url = 'http://localhost/file';
  await appendToPart(emptyPart(path), { url, validator: '"old"' }, body('old'), () => {});
  expect(await readPart(to, url, false)).toEqual({ path, bytes: 3, validator: '"old"' });

  refused.add(path);
  const newer = { url, validator: '"new"' };
  await expect(appendToPart(emptyPart(path), newer, body('newer'), () => {})).rejects.toThrow(
    /cannot write .*file\.part\n.*EMFILE/,
  );
  refused.clear();
  const part = await readPart(to, url, false);
  await appendToPart(part, newer, body('newer'.slice(part.bytes)), () => {});
  expect(readFileSync(path, 'utf8')).toBe('newer');
});

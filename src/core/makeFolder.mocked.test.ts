import { expect, it, vi } from 'vitest';
import { makeFolder } from './makeFolder.ts';

const { asked } = vi.hoisted(() => ({ asked: [] as string[] }));

// As on Windows for a drive that there is none of: not even the topmost folder is there.
vi.mock('node:fs/promises', () => ({
  stat: async (path: string) => {
    asked.push(path);
    // Whoever goes on asking is given way to, so that the test ends.
    if (asked.length < 100) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  },
  mkdir: async () => {
    throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  },
}));

it('throws what the system says where not even the topmost folder is there', async () => {
  await expect(makeFolder('/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(asked).toEqual(['/a/b', '/a', '/']);
});

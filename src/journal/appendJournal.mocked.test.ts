/** A disk that takes half a line, and for a while not even lets it be taken back. */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { journalEntry } from '../../test/support/journalEntry.ts';
import { makeTree } from '../../test/support/tree.ts';
import { appendJournal } from './appendJournal.ts';
import { verifyJournal } from './verifyJournal.ts';

const disk = vi.hoisted(() => ({ broken: false }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  const open: typeof fs.open = async (...given) => {
    const file = await fs.open(...given);
    const { writeFile, truncate } = file;
    const failing: Pick<FileHandle, 'writeFile' | 'truncate'> = {
      async writeFile(data, ...more) {
        if (!disk.broken) return writeFile.call(file, data, ...more);
        await writeFile.call(file, (data as Uint8Array).subarray(0, 9));
        throw Object.assign(new Error('EIO'), { code: 'EIO' });
      },
      async truncate(length) {
        if (disk.broken) throw Object.assign(new Error('EIO'), { code: 'EIO' });
        return truncate.call(file, length);
      },
    };
    return Object.assign(file, failing);
  };
  return { ...fs, open };
});

it('writes no line after half a line', async () => {
  const path = join(makeTree({}), 'a.jsonl');
  await using journal = await appendJournal(path);
  await journal.append(journalEntry(0));
  disk.broken = true;
  await expect(journal.append(journalEntry(1))).rejects.toMatchObject({ kind: 'environment' });
  await expect(journal.append(journalEntry(2))).rejects.toMatchObject({ kind: 'environment' });
  disk.broken = false;
  await journal.append(journalEntry(3));
  expect(await verifyJournal(path)).toMatchObject({ lines: 2, broken: null, tornBytes: 0 });
});

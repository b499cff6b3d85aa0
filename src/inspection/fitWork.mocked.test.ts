/** What a fit does to images and embeddings, counted: it must not do any of it twice. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { decodeImageBytes } from '../image/decodeImage.ts';
import type { FitReport } from './fit.ts';

const spill = vi.hoisted(() => ({ written: 0, read: 0 }));

vi.mock('../image/decodeImage.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../image/decodeImage.ts')>();
  return { ...original, decodeImageBytes: vi.fn(original.decodeImageBytes) };
});

vi.mock('../core/scratchFile.ts', async (importOriginal) => {
  const { openScratchFile } = await importOriginal<typeof import('../core/scratchFile.ts')>();
  return {
    async openScratchFile(folder: string) {
      const scratch = await openScratchFile(folder);
      const { handle } = scratch;
      const [read, write] = [handle.read.bind(handle), handle.write.bind(handle)];
      Object.assign(handle, {
        async read(...given: Parameters<typeof read>) {
          const result = await read(...given);
          spill.read += result.bytesRead;
          return result;
        },
        async write(...given: Parameters<typeof write>) {
          const result = await write(...given);
          spill.written += result.bytesWritten;
          return result;
        },
      });
      return scratch;
    },
  };
});

let data: string;
let remove: () => void;
let report: FitReport;

beforeAll(async () => {
  ({ root: data, remove } = makeFolder(await categoryFiles({ train: 10, good: 1, flawed: 1 })));
});
afterAll(() => remove());
beforeEach(async () => {
  vi.mocked(decodeImageBytes).mockClear();
  Object.assign(spill, { written: 0, read: 0 });
  report = await quickFit({ data, output: join(data, 'out', 'model.onnx'), category: 'stripes' });
});

describe('a fit', () => {
  it('decodes every training and calibration image once, and no other', () => {
    const names = vi.mocked(decodeImageBytes).mock.calls.map(([, name]) => name);
    const expected = Array.from({ length: 10 }, (_, i) => join(data, `train/good/00${i}.png`));
    expect(names.sort()).toEqual(expected);
  });

  it('writes every embedding once, reads it once, and the rows of the bank once more', () => {
    const { learnt } = report;
    if (learnt.method !== 'patchcore') throw new Error('fitted with another method');
    const rowBytes = learnt.dimension * Float32Array.BYTES_PER_ELEMENT;
    // 8 images of 16 x 16 patches.
    const all = 8 * 256 * rowBytes;
    expect(spill.written).toBe(all);
    expect(spill.read).toBe(all + learnt.rows * rowBytes);
  });
});

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { sha256 } from '../../core/hash.ts';
import type { Computed } from './computed.ts';
import { copyModels } from './copyModels.ts';

/** A model of a category, as the job `id` leaves it. */
function modelOf(id: string, category: string, content: string, bankRows: number | null): Computed {
  const folder = makeTree({ 'model.onnx': content, 'model.json': JSON.stringify({ bankRows }) });
  const method = id.split('/').at(-1)!;
  const file = { name: 'model.onnx', bytes: content.length, sha256: sha256(content) };
  return {
    job: { id, stage: 'clean', kind: 'model', options: { method, category, seed: 7 } },
    artifact: { id, key: 'k', folder, measured: { seconds: 1, peakBytes: 1 }, files: [file] },
  };
}

const MODELS = [
  ['model/nut/clean/patchcore', 'nut', 'patchcore_nut_clean', 'clean', 12],
  ['model/nut/shift/padim', 'nut', 'padim_nut_shift', 'shift', null],
  ['model/global/padim', 'global', 'padim_global', 'clean', null],
] as const;

describe('copyModels', () => {
  test('names files by method, category and what they were fitted on', async () => {
    const models = MODELS.map(([id, category, , , rows]) => modelOf(id, category, id, rows));
    const run = makeTree({});
    const files = await copyModels(run, models, {});
    for (const [i, [id, category, name, fittedOn, bankRows]] of MODELS.entries()) {
      expect(files[i]).toEqual({
        file: `outputs/models/${name}.onnx`,
        method: id.split('/').at(-1),
        category,
        fittedOn,
        seed: 7,
        bankRows,
        bytes: id.length,
        sha256: sha256(id),
      });
      expect(readFileSync(join(run, files[i]!.file), 'utf8')).toBe(id);
    }
  });

  test('leaves what is there and the same, and replaces what is not', async () => {
    const model = modelOf('model/nut/clean/padim', 'nut', 'model', null);
    const run = makeTree({});
    const [copied] = await copyModels(run, [model], {});
    const path = join(run, copied!.file);
    const before = statSync(path).ino;
    await copyModels(run, [model], {});
    expect(statSync(path).ino).toBe(before);
    // As long as the model.
    writeFileSync(path, 'other');
    await copyModels(run, [model], {});
    expect(readFileSync(path, 'utf8')).toBe('model');
  });

  test('copies models alone, tells how far it is, and stops', async () => {
    const model = modelOf('model/nut/clean/padim', 'nut', 'model', null);
    const scenario = { ...model, job: { ...model.job, kind: 'scenario' } };
    expect(await copyModels(makeTree({}), [scenario], {})).toEqual([]);
    const told: number[] = [];
    await copyModels(makeTree({}), [model], { onProgress: ({ done }) => told.push(done) });
    expect(told).toEqual([0, 1]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(copyModels(makeTree({}), [model], { signal })).rejects.toThrow('enough');
  });
});

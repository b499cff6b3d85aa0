import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { categoryFiles, makeFolder } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import type { Sample } from '../../data/dataset.ts';
import { openCategory } from '../../data/openCategory.ts';
import { stepTimes, timeInspector, timeSteps } from './timeInspector.ts';

let model: string;
let images: readonly Sample[];
let remove: () => void;

beforeAll(async () => {
  const files = await categoryFiles({ train: 8, good: 2, flawed: 2, masks: 0 });
  const folder = makeFolder(files);
  ({ remove } = folder);
  model = join(folder.root, 'model.onnx');
  await quickFit({ data: folder.root, output: model, category: 'stripes' });
  images = (await openCategory(folder.root, 'stripes')).test;
});
afterAll(() => remove());

test('stepTimes adds the steps up', () => {
  expect(stepTimes(1, { resize: 2, backbone: 3, search: 4, map: 5 })).toEqual({
    decode: 1,
    resize: 2,
    backbone: 3,
    search: 4,
    map: 5,
    total: 15,
  });
});

describe('an inspector', () => {
  test('is timed step by step on every image', async () => {
    const times = await timeSteps(model, images, {});
    expect(times).toHaveLength(4);
    for (const { total, ...steps } of times) {
      const all = Object.values(steps);
      expect(all).toHaveLength(5);
      for (const step of all) expect(step).toBeGreaterThan(0);
      expect(total).toBeCloseTo(
        all.reduce((sum, step) => sum + step, 0),
        9,
      );
    }
  });

  test('is timed as a whole', async () => {
    const { open, openedBytes, inspect } = await timeInspector(model, images, {});
    expect(inspect).toHaveLength(4);
    for (const time of [open, ...inspect]) expect(time).toBeGreaterThan(0);
    expect(openedBytes).toBeGreaterThan(10e6);
  });

  test('stops when told', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(timeSteps(model, images, { signal })).rejects.toThrow('stopped');
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { categoryFiles, makeFolder, photograph } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import type { FitOptions, FitReport } from '../inspection/fit.ts';
import { predict } from '../inspection/predict.ts';
import { update } from '../inspection/upkeep/update.ts';
import { openInspector } from './inspector/inspector.ts';
import { decodeRegion } from './region.ts';
import { openStagedInspector } from './tiling/openStagedInspector.ts';

let folder: string;
let remove: () => void;

beforeAll(async () => {
  ({ root: folder, remove } = makeFolder(await categoryFiles({ train: 10, good: 12, flawed: 1 })));
});
afterAll(() => remove());

/** All of a photograph of 96 x 96 pixels but for the columns from the flaw on, and room for its glow. */
const ROI = { x: 0, y: 0, width: 24, height: 96 };

async function fitted(name: string, options: Partial<FitOptions>): Promise<FitReport> {
  return quickFit({ data: folder, output: join(folder, name), ...options });
}

describe.each(['patchcore', 'padim'] as const)('%s within a region', (method) => {
  it('has the same map inside, its lowest value outside, and its highest as the score', async () => {
    const whole = await fitted(`${method}.onnx`, { method });
    const part = await fitted(`${method}-part.onnx`, { method, roi: ROI });
    await using all = await openInspector(whole.file);
    await using within = await openInspector(part.file);
    const { region, map, calibration } = within.metadata;
    const { inside } = decodeRegion(region!, map.width, map.height);
    const image = photograph({ seed: 3000, flawed: true });
    const expected = await all.inspect(image);
    const found = await within.inspect(image);

    const lowest = Math.min(...expected.map.data);
    const limited = expected.map.data.map((value, i) => (inside[i] === 1 ? value : lowest));
    found.map.data.forEach((value, i) => {
      expect(value).toBeCloseTo(limited[i]!, 4);
    });
    expect(found.score).toBe(Math.max(...found.map.data));
    expect(found.score).toBeLessThan(expected.score / 2);
    for (const { score, mapMaximum } of calibration.images) expect(score).toBe(mapMaximum);
    await using staged = await openStagedInspector(part.file);
    expect((await staged.inspect(image)).score).toBeCloseTo(found.score, 4);
  });
});

describe('a flaw within a region', () => {
  it('is framed there', async () => {
    const x = 24;
    const { file } = await fitted('flaw.onnx', { roi: { x, y: 0, width: 72, height: 96 } });
    const paths = [join(folder, 'test/scratch')];
    for await (const { score, threshold, boxes } of predict({ model: file, paths })) {
      expect(score).toBeGreaterThan(threshold);
      // Rounded outwards to pixels of the photograph.
      for (const box of boxes) expect(box.x).toBeGreaterThanOrEqual(x - 1);
    }
  });
});

test('an inspector keeps its region when its head is made anew', async () => {
  const { file } = await fitted('kept.onnx', { roi: ROI });
  const updated = await update({ model: file, paths: [join(folder, 'test/good')], fpr: undefined });
  expect(updated).toBeDefined();
  await using inspector = await openInspector(file);
  expect(inspector.metadata.parent?.action).toBe('update');
  const { score, map } = await inspector.inspect(photograph({ seed: 3000, flawed: true }));
  const { inside } = decodeRegion(inspector.metadata.region!, map.width, map.height);
  expect(score).toBe(Math.max(...map.data.filter((_, i) => inside[i] === 1)));
  const outside = map.data.filter((_, i) => inside[i] === 0);
  expect(new Set(outside).size).toBe(1);
});

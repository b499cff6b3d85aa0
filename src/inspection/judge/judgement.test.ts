import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder, photograph } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { createRandom } from '../../core/random.ts';
import { type OpenInspector, openInspector } from '../../detector/inspector/inspector.ts';
import type { RgbImage } from '../../image/image.ts';
import { imagingConditions } from '../conditions/imagingConditions.ts';
import { judge } from './judgement.ts';

let inspector: OpenInspector;
let remove: () => void;

beforeAll(async () => {
  // Ten are held out, so that the band is narrow enough for the flaw.
  const { root, remove: removeFolder } = makeFolder(await categoryFiles({ train: 50 }));
  remove = removeFolder;
  const model = join(root, 'model.onnx');
  await quickFit({ data: root, output: model });
  inspector = await openInspector(model);
});
afterAll(async () => {
  await inspector[Symbol.asyncDispose]();
  remove();
});

const options = { random: createRandom(1) };

async function judged(image: RgbImage) {
  const { score, map } = await inspector.inspect(image);
  const facts = { ...image, conditions: imagingConditions(image) };
  return judge(score, map, facts, inspector.metadata, options);
}

/** A judgement of the score alone. */
function ofScore(score: number, mmPerPixel?: number) {
  const map = { width: 4, height: 2, data: Float32Array.of(0, 0, 0, 0, 0, 0, 1e6, 0) };
  const facts = { width: 8, height: 8, conditions: undefined };
  return judge(score, map, facts, inspector.metadata, { ...options, mmPerPixel });
}

describe('judge', () => {
  it('finds a good photograph normal and a flawed one anomalous, with the numbers', async () => {
    // One that was learnt from; its name is its seed.
    const seed = Number.parseInt(basename(inspector.metadata.training[0]!.id), 10);
    const good = await judged(photograph({ seed }));
    expect(good).toMatchObject({ verdict: 'normal', boxes: [] });
    expect(good.reason).toBe(
      `The score ${good.score.toPrecision(4)} is not above the threshold's band, ` +
        `${good.band.low.toPrecision(4)} to ${good.band.high.toPrecision(4)} around ${good.threshold.toPrecision(4)}.`,
    );
    const flawed = await judged(photograph({ seed: 3000, flawed: true }));
    expect(flawed).toMatchObject({ verdict: 'anomalous' });
    expect(flawed.boxes.length).toBeGreaterThan(0);
  });

  it('is unsure within the band alone, its upper end included', () => {
    const { band, threshold } = ofScore(0);
    expect(band.low).toBeLessThan(threshold);
    expect(threshold).toBeLessThan(band.high);
    expect(ofScore(band.low).verdict).toBe('normal');
    expect(ofScore(band.low * 1.0001)).toMatchObject({
      verdict: 'unsure',
      boxes: [{ peak: 1e6 }],
      reason: expect.stringContaining('is within'),
    });
    expect(ofScore(band.high).verdict).toBe('unsure');
    expect(ofScore(band.high * 1.0001).verdict).toBe('anomalous');
  });

  it('measures flaws in millimetres of the photograph', () => {
    // One pixel of a map that has 4 x 2 for 8 x 8: 2 x 4 pixels of half a millimetre.
    expect(ofScore(1e6, 0.5).boxes[0]!.millimetres).toEqual({
      length: Math.hypot(1, 2),
      area: 2,
    });
    expect(ofScore(1e6).boxes[0]).not.toHaveProperty('millimetres');
  });

  it.each([
    ['dark', (value: number) => value / 4, /too dark, with a brightness of .* theirs is .* to/],
    ['bright', (value: number) => 200 + value / 8, /too bright/],
    ['flat, as if blurred', (value: number) => 110 + value / 16, /too blurred, with a sharpness/],
  ])('does not judge what is %s', async (_name, change, reason) => {
    const image = photograph({ seed: 777 });
    const found = await judged({ ...image, data: image.data.map(change) });
    expect(found).toMatchObject({ verdict: 'not judged', boxes: [] });
    expect(found.reason).toMatch(reason);
  });

  it('does not judge another product', () => {
    const pixel = inspector.metadata.calibration.pixel.threshold;
    const product = (share: number) => {
      const data = Float32Array.from({ length: 100 }, (_, i) => (i < share ? 2 * pixel : 0));
      const map = { width: 10, height: 10, data };
      const facts = { width: 10, height: 10, conditions: undefined };
      return judge(1e6, map, facts, inspector.metadata, options);
    };
    expect(product(80).verdict).toBe('anomalous');
    expect(product(81)).toMatchObject({
      verdict: 'not judged',
      reason: expect.stringContaining('perhaps another product, with 81% of the map'),
    });
  });
});

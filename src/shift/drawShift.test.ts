import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../image/image.ts';
import { drawLamp } from './drawLamp.ts';
import { drawShift, MOST_REDRAWS } from './drawShift.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';

const one = { severity: 1, seed: 42, identity: 'bottle/test/good/000.png' };
const names = fc.constantFrom(...PRESET_NAMES);
const identities = fc.string();
const many = Array.from({ length: 400 }, (_, i) =>
  drawShift(PRESETS.seed, { ...one, identity: `image ${i}` }),
);

describe('drawShift', () => {
  it('is the same again, and the same through JSON', () => {
    fc.assert(
      fc.property(names, fc.constantFrom(0, 1, 2), fc.integer(), identities, (name, ...rest) => {
        const [severity, seed, identity] = rest;
        const options = { severity, seed, identity };
        const drawn = drawShift(PRESETS[name], options);
        expect(drawShift(PRESETS[name], options)).toEqual(drawn);
        expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
      }),
    );
  });

  it('is another for another seed or image', () => {
    fc.assert(
      fc.property(identities, identities, (first, second) => {
        fc.pre(first !== second);
        const draw = (identity: string) => drawShift(PRESETS.seed, { ...one, identity });
        expect(draw(first).brightness).not.toEqual(draw(second).brightness);
      }),
    );
    const other = drawShift(PRESETS.seed, { ...one, seed: 43 });
    expect(other.brightness).not.toEqual(drawShift(PRESETS.seed, one).brightness);
  });

  it('keeps to the ranges of the seed preset, and fills them', () => {
    const bounds = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
    const within = (values: number[], low: number, high: number) => {
      const [least, most] = bounds(values);
      const slack = 0.05 * (high - low);
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
      expect(least).toBeLessThan(low + slack);
      expect(most).toBeGreaterThan(high - slack);
    };
    within(
      many.map(({ rotation }) => rotation!.degrees),
      -10,
      10,
    );
    within(
      many.map(({ crop }) => crop!.share),
      0.9,
      1,
    );
    within(
      many.map(({ translation }) => translation!.x),
      -0.05,
      0.05,
    );
    within(
      many.map(({ translation }) => translation!.y),
      -0.05,
      0.05,
    );
    within(
      many.map(({ brightness }) => brightness!.factor),
      0.7,
      1.3,
    );
    within(
      many.map(({ contrast }) => contrast!.factor),
      0.7,
      1.3,
    );
    within(
      many.map(({ saturation }) => saturation!.factor),
      0.7,
      1.3,
    );
    within(
      many.map(({ noise }) => noise!.sigma),
      0.01,
      0.05,
    );
    within(
      many.map(({ blur }) => blur!.sigma),
      0.8,
      1.1,
    );
  });

  it('draws what each transform has alone as it has with the others', () => {
    const together = drawShift(PRESETS.seed, one);
    expect(drawShift(PRESETS.rotation, one)).toEqual({ rotation: together.rotation, redraws: 0 });
    expect(drawShift(PRESETS.noise, one)).toEqual({ noise: together.noise, redraws: 0 });
  });

  it('has three groups that with blur and noise are all of seed', () => {
    const groups = ['geometric', 'photometric', 'illumination', 'blur', 'noise'] as const;
    const drawn = groups.map((name) => drawShift(PRESETS[name], one));
    expect(Object.assign({}, ...drawn)).toEqual(drawShift(PRESETS.seed, one));
    expect(drawn.map((shift) => Object.keys(shift).length - 1)).toEqual([3, 3, 3, 1, 1]);
    expect(drawn[0]!.translation).toBeDefined();
    expect(drawn[1]!.saturation).toBeDefined();
    expect(drawn[2]!.vignette).toBeDefined();
  });

  it('goes further the same way with more severity', () => {
    const degrees = (preset: 'mild' | 'seed' | 'severe', severity: number) =>
      drawShift(PRESETS[preset], { ...one, severity }).rotation!.degrees;
    expect(degrees('mild', 1)).toBeCloseTo(degrees('seed', 1) / 2, 12);
    expect(degrees('severe', 1)).toBeCloseTo(degrees('seed', 1) * 1.5, 12);
    expect(degrees('seed', 0.25)).toBeCloseTo(degrees('mild', 0.5), 12);
    expect(degrees('seed', 0)).toBe(0);
  });

  it('refuses a severity that is not there', () => {
    expect(() => drawShift(PRESETS.corruptions, { ...one, severity: 1.5 })).toThrow(/1\.5/);
  });
});

describe('a masked defect', () => {
  const mask = (width: number, marked: number): Mask => ({
    width,
    height: width,
    data: new Uint8Array(width * width).fill(1, 0, marked),
  });

  it('has its geometry drawn again, and counted, until it stays; nothing else changes', () => {
    const corner = mask(64, 2);
    let redrawn = 0;
    for (let i = 0; i < 60; i++) {
      const options = { ...one, identity: `image ${i}` };
      const free = drawShift(PRESETS.seed, options);
      const kept = drawShift(PRESETS.seed, { ...options, mask: corner });
      const { rotation, crop, translation, redraws, ...conditions } = kept;
      expect(free).toMatchObject(conditions);
      if (redraws === 0) expect(kept).toEqual(free);
      else if (redraws < MOST_REDRAWS) {
        expect(rotation).not.toEqual(free.rotation);
        redrawn++;
      }
    }
    expect(redrawn).toBeGreaterThan(20);
  });

  it('that leaves with every draw keeps the image where it is', () => {
    const preset = { ...PRESETS.seed, limits: { crop: [0.5, 0.5] } } as const;
    // Both ends of the image cannot stay in one half of it.
    const ends = mask(16, 0);
    for (const at of [0, 15, 240, 255]) ends.data[at] = 1;
    const shift = drawShift(preset as typeof PRESETS.seed, { ...one, mask: ends });
    expect(shift).toEqual({ redraws: MOST_REDRAWS });
  });

  it('in the middle costs nothing', () => {
    const middle = mask(16, 0);
    middle.data.fill(1, 120, 136);
    expect(drawShift(PRESETS.seed, { ...one, mask: middle })).toEqual(drawShift(PRESETS.seed, one));
  });
});

describe('drawLamp', () => {
  const lamp = { severity: 1, seed: 42, lamp: 'b' };

  it('is one draw for all images, but for the noise itself', () => {
    const draw = drawLamp(PRESETS.seed, lamp);
    const [first, second] = [draw('a/0.png'), draw('a/1.png')];
    expect(first.noise!.seed).not.toBe(second.noise!.seed);
    expect({ ...first, noise: first.noise!.sigma }).toEqual({
      ...second,
      noise: second.noise!.sigma,
    });
    expect(drawLamp(PRESETS.seed, lamp)('a/0.png')).toEqual(first);
  });

  it('moves nothing', () => {
    const shift = drawLamp(PRESETS.seed, lamp)('a/0.png');
    for (const name of ['rotation', 'crop', 'translation']) expect(shift).not.toHaveProperty(name);
    expect(shift.vignette).toBeDefined();
  });

  it('is another one by another name, and by another seed', () => {
    const brightness = (options: Partial<typeof lamp>) =>
      drawLamp(PRESETS.seed, { ...lamp, ...options })('a').brightness;
    expect(brightness({ lamp: 'c' })).not.toEqual(brightness({}));
    expect(brightness({ seed: 1 })).not.toEqual(brightness({}));
  });

  it('draws one corruption for all', () => {
    const draw = drawLamp(PRESETS.corruptions, lamp);
    const kinds = Array.from({ length: 20 }, (_, i) => Object.keys(draw(`${i}`)).join());
    expect(new Set(kinds).size).toBe(1);
  });

  it('refuses a preset that only moves images', () => {
    expect(() => drawLamp(PRESETS['rd-mvtec'], lamp)).toThrow(/only rotation, crop/);
  });
});

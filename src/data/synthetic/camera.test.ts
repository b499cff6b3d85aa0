import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { drawLight, type Light, photograph } from './camera.ts';
import { createCanvas } from './canvas.ts';

const plain: Light = { gain: 1, cast: [1, 1, 1], slope: [0, 0], vignette: 0, noise: 0 };

function grey(size: number, level: number) {
  const canvas = createCanvas(size);
  canvas.data.fill(level);
  return canvas;
}

describe('photograph', () => {
  it('rounds and clips', () => {
    const canvas = createCanvas(1);
    canvas.data.set([-4, 99.6, 300]);
    expect([...photograph(canvas, plain, createRandom(1)).data]).toEqual([0, 100, 255]);
  });

  it('applies gain, cast, slope and vignette', () => {
    const light: Light = { ...plain, gain: 0.5, cast: [2, 1, 1], slope: [0.5, 0], vignette: 0.25 };
    const { data } = photograph(grey(2, 100), light, createRandom(1));
    // Pixel centres lie at -0.5 and 0.5; 1 - 0.25 x (0.25 + 0.25) = 0.875.
    expect(data[0]).toBe(Math.round(100 * 0.5 * 0.75 * 0.875 * 2));
    expect(data[4]).toBe(Math.round(100 * 0.5 * 1.25 * 0.875));
  });

  it('adds noise of the given strength, the same for every scene', () => {
    const light: Light = { ...plain, noise: 4 };
    const dark = photograph(grey(128, 100), light, createRandom(1)).data;
    const bright = photograph(grey(128, 140), light, createRandom(1)).data;
    const other = photograph(grey(128, 100), light, createRandom(2)).data;
    const mean = dark.reduce((sum, value) => sum + value, 0) / dark.length;
    const variance = dark.reduce((sum, value) => sum + (value - mean) ** 2, 0) / dark.length;
    expect(mean).toBeCloseTo(100, 0);
    expect(Math.sqrt(variance)).toBeGreaterThan(3.8);
    expect(Math.sqrt(variance)).toBeLessThan(4.2);
    expect(bright.every((value, i) => value - dark[i]! === 40)).toBe(true);
    expect(other).not.toEqual(dark);
  });
});

describe('drawLight', () => {
  it('stays within the variation', () => {
    for (let seed = 0; seed < 50; seed++) {
      const variation = { gain: 0.1, cast: 0.02, slope: 0.05, noise: 2 };
      const light = drawLight(createRandom(seed), variation);
      expect(Math.abs(light.gain - 1)).toBeLessThanOrEqual(0.1);
      for (const factor of light.cast) expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.02);
      for (const slope of light.slope) expect(Math.abs(slope)).toBeLessThanOrEqual(0.05);
      expect(light.noise).toBeGreaterThan(1);
    }
  });
});

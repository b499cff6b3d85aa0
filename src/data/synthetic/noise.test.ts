import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import {
  createGrain,
  createNoise,
  createRingNoise,
  grainAt,
  layeredNoiseAt,
  noiseAt,
} from './noise.ts';

const noise = createNoise(createRandom(1));

describe('noiseAt', () => {
  it('takes the lattice values at whole coordinates and their mean halfway between', () => {
    const { lattice } = noise;
    expect(noiseAt(noise, 3, 2)).toBe(lattice[2 * 64 + 3]);
    expect(noiseAt(noise, 3.5, 2)).toBeCloseTo((lattice[131]! + lattice[132]!) / 2, 6);
  });

  it('is smooth, also across negative coordinates', () => {
    for (let i = -400; i < 400; i++) {
      const step = noiseAt(noise, i / 100 + 0.01, -0.3) - noiseAt(noise, i / 100, -0.3);
      expect(Math.abs(step)).toBeLessThan(0.035);
    }
  });

  it('closes after its turn', () => {
    const ring = createRingNoise(createRandom(2), 8);
    for (const x of [0, 0.4, 3.7, 7.9]) {
      expect(noiseAt(ring, x + 8, 1.3)).toBeCloseTo(noiseAt(ring, x, 1.3), 6);
      expect(noiseAt(ring, x - 8, 1.3)).toBeCloseTo(noiseAt(ring, x, 1.3), 6);
    }
    expect(noiseAt(ring, 4.5, 1.3)).not.toBeCloseTo(noiseAt(ring, 0.5, 1.3), 3);
  });

  it('stays within -1 and 1 with any number of octaves and uses that range', () => {
    const values = Array.from({ length: 5000 }, (_, i) =>
      layeredNoiseAt(noise, i * 0.37, i * 0.11, 1 + (i % 5)),
    );
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeGreaterThan(0.7);
    expect(Math.min(...values)).toBeLessThan(-0.7);
  });
});

describe('grainAt', () => {
  it('differs between fields and repeats for the same seed', () => {
    const sample = (seed: number) => {
      const grain = createGrain(createRandom(seed));
      return Array.from({ length: 50 }, (_, i) => grainAt(grain, i * 1.7 - 20, i * 0.9 - 20));
    };
    expect(sample(3)).toEqual(sample(3));
    expect(sample(3)).not.toEqual(sample(4));
  });

  it('changes by a small step within an eighth of a unit', () => {
    const grain = createGrain(createRandom(5));
    for (let i = 0; i < 500; i++) {
      const step = grainAt(grain, i / 8 + 0.13, 5) - grainAt(grain, i / 8, 5);
      expect(Math.abs(step)).toBeLessThan(0.4);
    }
  });
});

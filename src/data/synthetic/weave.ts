/** A twill of light warp and dark weft yarns, as it looks in even light. */
import type { Random } from '../../core/random.ts';
import { createGrain, createNoise, type Grain, grainAt, type Noise, noiseAt } from './noise.ts';

export interface Weave {
  /** Yarns per image side. */
  readonly count: number;
  readonly cos: number;
  readonly sin: number;
  readonly phase: readonly [number, number];
  readonly drift: Noise;
  readonly grain: Grain;
  /** Grey levels of warp and weft. */
  readonly warp: number;
  readonly weft: number;
  /** How far yarns stray from their place, in yarns. */
  readonly stray: number;
}

export function drawWeave(random: Random): Weave {
  const angle = Math.PI / 4 + random.uniform(-0.09, 0.09);
  return {
    count: random.uniform(44, 48),
    cos: Math.cos(angle),
    sin: Math.sin(angle),
    phase: [random.uniform(0, 64), random.uniform(0, 64)],
    drift: createNoise(random.fork('drift')),
    grain: createGrain(random.fork('grain')),
    warp: random.uniform(150, 164),
    weft: random.uniform(98, 110),
    stray: random.uniform(0.3, 0.6),
  };
}

/**
 * The grey level at a place: each yarn runs over two crossing yarns and under the next two, one
 * step further in each row.
 */
export function weaveLight(weave: Weave, x: number, y: number): number {
  const { count, cos, sin, phase, drift, grain, stray } = weave;
  const strayX = stray * noiseAt(drift, x * 9, y * 9 + 40) + 0.16 * grainAt(grain, x * 60, y * 60);
  const strayY =
    stray * noiseAt(drift, x * 9 + 31, y * 9) + 0.16 * grainAt(grain, x * 60 + 50, y * 60);
  const u = (x * cos + y * sin) * count + phase[0] + strayX;
  const v = (y * cos - x * sin) * count + phase[1] + strayY;
  const column = Math.floor(u);
  const row = Math.floor(v);
  const order = (column + row) & 3;
  const warpOnTop = order < 2;
  // Across the yarn from -1 to 1; along its visible float from 0 to 1.
  const across = 2 * ((warpOnTop ? u - column : v - row) - 0.5);
  const along = warpOnTop ? (order + (v - row)) / 2 : (order - 2 + (u - column)) / 2;
  const yarn = warpOnTop ? column : row;
  const run = warpOnTop ? v : u;

  const round = 1 - 0.42 * across * across * across * across - 0.2 * across * across;
  const arch = 0.6 + 0.4 * Math.sqrt(4 * along * (1 - along));
  // Fibres wind slowly round their yarn.
  const turn = across * 2.2 + yarn * 9;
  const fibres =
    0.11 * grainAt(grain, turn, run * 1.1 + across * 0.8) +
    0.12 * grainAt(grain, turn * 2.3, run * 2.2 + across * 1.6);
  const fuzz = 0.09 * grainAt(grain, x * 130, y * 130) + 0.08 * grainAt(grain, x * 310, y * 310);
  const bundle =
    0.07 * grainAt(grain, yarn * 1.7, run * 0.12) + 0.08 * grainAt(grain, column * 2.3, row * 2.7);
  const level = warpOnTop ? weave.warp : weave.weft;
  return level * round * arch * (1 + fibres + fuzz + bundle);
}

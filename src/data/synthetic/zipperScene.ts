/**
 * A closed zipper as it is built: two tapes and two rows of teeth. Defects change this plan
 * before it is painted, so that light, weave and shadows follow by themselves.
 *
 * Zipper coordinates: u runs across from the middle of the chain, v along, both in image sides.
 */
import type { Random } from '../../core/random.ts';
import type { Canvas } from './canvas.ts';
import { createGrain, createNoise, type Grain, type Noise } from './noise.ts';

export type Side = -1 | 1;

export interface Tooth {
  readonly side: Side;
  readonly v: number;
  /** How far the tooth is moved outwards. */
  readonly outwards: number;
  /** Turn in radians; positive lowers the inner end. */
  readonly turn: number;
  /** Share of the length that is left, 0 to 1; it breaks off from the inner end. */
  readonly length: number;
  readonly gloss: number;
}

export interface ZipperScene {
  readonly drift: Noise;
  readonly grain: Grain;
  readonly middle: number;
  readonly tilt: number;
  readonly bend: number;
  readonly halfWidth: readonly [left: number, right: number];
  /** Grey level of the tapes. */
  readonly tape: number;
  readonly teeth: readonly Tooth[];
  /** Half the opening between the rows of teeth at v. */
  readonly opening: (v: number) => number;
  /** How far the outer edge is pulled in (positive) at v. */
  readonly edgeLoss: (side: Side, v: number) => number;
}

/** A zipper as damaged, and what is then painted on top of it. */
export interface ZipperPlan {
  readonly scene: ZipperScene;
  readonly finish: readonly ((canvas: Canvas) => void)[];
}

const PITCH = 0.0295;
export const CHAIN_HALF_WIDTH = 0.058;

export function drawZipperScene(random: Random): ZipperScene {
  const phase = random.uniform(0, PITCH);
  const gloss = random.fork('gloss');
  const teeth: Tooth[] = [];
  for (let row = -1; row * PITCH < 1 + PITCH; row++) {
    for (const side of [-1, 1] as const) {
      const v = phase + (row + (side > 0 ? 0.5 : 0)) * PITCH + 0.0007 * gloss.normal();
      const turn = 0.04 * gloss.normal();
      teeth.push({ side, v, outwards: 0, turn, length: 1, gloss: gloss.uniform(0.75, 1.15) });
    }
  }
  return {
    drift: createNoise(random.fork('drift')),
    grain: createGrain(random.fork('grain')),
    middle: 0.5 + random.uniform(-0.025, 0.025),
    tilt: random.uniform(-0.025, 0.025),
    bend: random.uniform(-0.006, 0.006),
    halfWidth: [0.39 + random.uniform(-0.008, 0.008), 0.39 + random.uniform(-0.008, 0.008)],
    tape: random.uniform(56, 66),
    teeth,
    opening: () => 0,
    edgeLoss: () => 0,
  };
}

/** Where the middle of the chain runs at height y. */
export function middleAt({ middle, tilt, bend }: ZipperScene, y: number): number {
  return middle + tilt * (y - 0.5) + bend * Math.sin(y * 5);
}

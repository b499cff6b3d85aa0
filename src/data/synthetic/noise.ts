/** Smooth seeded noise: the raw material of textures, irregular outlines and light. */
import { createRandom, type Random } from '../../core/random.ts';

/**
 * A smooth random field over the plane, with features about one unit wide: random numbers on the
 * integer lattice, to be interpolated (value noise). Sampled by `noiseAt`.
 */
export interface Noise {
  readonly lattice: Float32Array;
  /** The field closes in x after this many units, a power of two. */
  readonly turn: number;
}

/** All fields repeat after this many units; a power of two. */
const PERIOD = 64;

export function createNoise(random: Random): Noise {
  return createRingNoise(random, PERIOD);
}

/** Noise that closes in x after `turn` units, a power of two: for textures round a body. */
export function createRingNoise(random: Random, turn: number): Noise {
  const lattice = new Float32Array(turn * PERIOD);
  for (let i = 0; i < lattice.length; i++) lattice[i] = random.uniform(-1, 1);
  return { lattice, turn };
}

/** The field's value at a place, in [-1, 1]. */
export function noiseAt({ lattice, turn }: Noise, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const dx = x - column;
  const dy = y - row;
  const sx = dx * dx * (3 - 2 * dx);
  const sy = dy * dy * (3 - 2 * dy);
  const left = column & (turn - 1);
  const right = (column + 1) & (turn - 1);
  const above = (row & (PERIOD - 1)) * turn;
  const below = ((row + 1) & (PERIOD - 1)) * turn;
  const top = lattice[above + left]! + sx * (lattice[above + right]! - lattice[above + left]!);
  const low = lattice[below + left]! + sx * (lattice[below + right]! - lattice[below + left]!);
  return top + sy * (low - top);
}

/** Octaves of a noise, each twice as fine and half as strong as the one before; in [-1, 1]. */
export function layeredNoiseAt(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noiseAt(noise, x * scale, y * scale);
    total += weight;
    weight /= 2;
    scale *= 2;
  }
  return sum / total;
}

/**
 * Noise at a fifth of the cost, in steps of an eighth of a unit: for details of a few pixels,
 * where the steps cannot be seen. Sampled by `grainAt`.
 */
export interface Grain {
  /** One finely sampled noise for all; fields differ in where they start reading it. */
  readonly tile: Int8Array;
  readonly offset: number;
}

// Bytes, because all of the tile should stay in the processor's cache.
const GRAIN_UNIT = 1 / 127;
const GRAIN_STEPS = 8;
const GRAIN_SIDE = PERIOD * GRAIN_STEPS;
const GRAIN_LENGTH = GRAIN_SIDE * GRAIN_SIDE;
let sharedTile: Int8Array | undefined;

export function createGrain(random: Random): Grain {
  sharedTile ??= computeTile();
  return { tile: sharedTile, offset: random.integer(GRAIN_LENGTH) };
}

/** The field's value at a place, in [-1, 1]. */
export function grainAt({ tile, offset }: Grain, x: number, y: number): number {
  const row = (y * GRAIN_STEPS) & (GRAIN_SIDE - 1);
  const column = (x * GRAIN_STEPS) & (GRAIN_SIDE - 1);
  return GRAIN_UNIT * tile[(row * GRAIN_SIDE + column + offset) & (GRAIN_LENGTH - 1)]!;
}

function computeTile(): Int8Array {
  const noise = createNoise(createRandom('grain'));
  const tile = new Int8Array(GRAIN_LENGTH);
  for (let i = 0; i < GRAIN_LENGTH; i++) {
    const x = (i % GRAIN_SIDE) / GRAIN_STEPS;
    const y = Math.floor(i / GRAIN_SIDE) / GRAIN_STEPS;
    tile[i] = Math.round(noiseAt(noise, x, y) / GRAIN_UNIT);
  }
  return tile;
}

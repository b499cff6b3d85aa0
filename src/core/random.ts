/**
 * Seeded random numbers, the same on every machine.
 *
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded from the SHA-256 of the seed's text,
 * so that any string is a good seed and `fork` gives independent streams by name: what one part
 * draws never shifts what another part draws.
 */
import { sha256Digest } from './sha256Digest.ts';

export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** A uniform integer in [0, count). */
  integer(count: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
  /** An independent stream named by a label; does not disturb this one. */
  fork(label: string | number): Random;
}

export function createRandom(seed: string | number): Random {
  const name = String(seed);
  const digest = new DataView(sha256Digest(name).buffer);
  let a = digest.getInt32(0, true);
  let b = digest.getInt32(4, true);
  let c = digest.getInt32(8, true);
  let counter = 1;
  let spareNormal: number | undefined;

  function next(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }
  for (let i = 0; i < 12; i++) next();

  const integer = (count: number) => Math.floor(next() * count);

  function normal(): number {
    if (spareNormal !== undefined) {
      const value = spareNormal;
      spareNormal = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spareNormal = v * scale;
        return u * scale;
      }
    }
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }

  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    integer,
    normal,
    shuffle,
    pick: (items) => items[integer(items.length)]!,
    fork: (label) => createRandom(`${name}/${label}`),
  };
}

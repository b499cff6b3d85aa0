import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { Standardisation } from '../columnStatistics.ts';
import { type Appended, appendPictures, type Draws, type SeenImage } from './appending.ts';
import type { FittedBank } from './fitBank.ts';

const DIMENSION = 4;
const PROJECTED = 3;

const random = createRandom('appending');
const numbers = (count: number, spread = 1) =>
  Float32Array.from({ length: count }, () => spread * random.normal());

const row = (rows: Float32Array, index: number, width = DIMENSION) =>
  rows.subarray(index * width, (index + 1) * width);

function distance(a: Float32Array, b: Float32Array, deviation?: ArrayLike<number>): number {
  return Math.hypot(...a.map((value, i) => (value - b[i]!) / (deviation?.[i] ?? 1)));
}

/** A bank of normal images near the origin. */
function makeBank(rowCount: number, coveringRadius: number): FittedBank {
  return {
    rows: numbers(rowCount * DIMENSION),
    rowCount,
    dimension: DIMENSION,
    sourceImage: new Int32Array(rowCount),
    sourcePatch: new Int32Array(rowCount),
    coveringRadius,
    directions: numbers(DIMENSION * PROJECTED),
  };
}

const bankRows = ({ rows, rowCount }: FittedBank) =>
  Array.from({ length: rowCount }, (_, i) => row(rows, i));

function makeImages(count: number, patches: number, bank: FittedBank, deviation?: Float64Array) {
  return Array.from({ length: count }, (): SeenImage => {
    const embedding = numbers(patches * DIMENSION, 2);
    const distances = Float32Array.from({ length: patches }, (_, patch) =>
      Math.min(...bankRows(bank).map((own) => distance(row(embedding, patch), own, deviation))),
    );
    return { embedding, distances };
  });
}

const project = (vector: Float32Array, { directions }: FittedBank) =>
  Float32Array.from({ length: PROJECTED }, (_, column) =>
    vector.reduce((sum, value, i) => sum + value * directions[i * PROJECTED + column]!, 0),
  );

/** What is said to happen, step by step: one farthest patch after the other. */
function recomputed(
  bank: FittedBank,
  deviation: Float64Array | undefined,
  pool: readonly SeenImage[],
  targets: readonly SeenImage[],
  order: readonly number[],
  levels: readonly number[],
): Appended[] {
  const patches = pool[0]!.distances.length;
  const bankPoints = bankRows(bank).map((own) => project(own, bank));
  const joined: { image: number; vector: Float32Array }[] = [];
  return levels.map((level) => {
    const chosen = order.slice(0, level);
    for (;;) {
      const centres = [...bankPoints, ...joined.map(({ vector }) => project(vector, bank))];
      let farthest = { image: -1, patch: -1, away: bank.coveringRadius };
      for (const image of chosen) {
        for (let patch = 0; patch < patches; patch++) {
          const point = project(row(pool[image]!.embedding, patch), bank);
          const away = Math.min(...centres.map((centre) => distance(point, centre)));
          // Half a millionth: a patch that has joined is not quite at distance 0 of itself.
          if (away > farthest.away + 5e-7) farthest = { image, patch, away };
        }
      }
      if (farthest.image < 0) break;
      const vector = row(pool[farthest.image]!.embedding, farthest.patch);
      joined.push({ image: farthest.image, vector });
    }
    const appended = ({ embedding, distances }: SeenImage, own?: number) =>
      distances.map((toBank, patch) =>
        joined
          .filter(({ image }) => image !== own)
          .reduce(
            (least, { vector }) =>
              Math.min(least, distance(row(embedding, patch), vector, deviation)),
            toBank,
          ),
      );
    return {
      rows: joined.length,
      targets: targets.map((image) => appended(image)),
      chosen: chosen.map((index) => appended(pool[index]!, index)),
    };
  });
}

async function append(
  bank: FittedBank,
  standardisation: Standardisation | null,
  pool: readonly SeenImage[],
  targets: readonly SeenImage[],
  draws: Draws,
): Promise<Appended[][]> {
  const found: Appended[][] = draws.orders.map(() => []);
  await appendPictures(bank, standardisation, pool, targets, draws, async (draw, level, own) => {
    found[draw]![level] = own;
  });
  return found;
}

function expectClose(found: readonly Float32Array[], expected: readonly Float32Array[]): void {
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [image, distances] of expected.entries()) {
    for (const [patch, value] of distances.entries()) {
      expect(Math.abs(found[image]![patch]! - value)).toBeLessThan(1e-4);
    }
  }
}

const ORDERS = [
  [2, 0, 3, 1],
  [1, 3, 2, 0],
];

describe('appendPictures', () => {
  const deviation = Float64Array.of(0.5, 2, 1, 3);
  const standardisation = { mean: new Float64Array(DIMENSION), deviation };

  test.each([
    ['as embedded', null],
    ['standardised', standardisation],
  ])(
    'gives the smaller of the distances to the bank and to the rows that joined: %s',
    async (_, scale) => {
      const bank = makeBank(6, 1.5);
      const own = scale?.deviation;
      const pool = makeImages(4, 12, bank, own);
      const targets = makeImages(2, 12, bank, own);
      const draws = { orders: ORDERS, levels: [1, 3], whole: 2 };
      const found = await append(bank, scale, pool, targets, draws);
      for (const [draw, order] of ORDERS.entries()) {
        const expected = recomputed(bank, own, pool, targets, order, [1, 3]);
        expect(expected[0]!.rows).toBeGreaterThan(0);
        expect(expected[1]!.rows).toBeGreaterThan(expected[0]!.rows);
        for (const [level, { rows, targets: all, chosen }] of expected.entries()) {
          expect(found[draw]![level]!.rows).toBe(rows);
          expectClose(found[draw]![level]!.targets, all);
          expectClose(found[draw]![level]!.chosen, chosen);
        }
      }
    },
  );

  test('a single picture is scored by the bank alone: its own rows do not count', async () => {
    const bank = makeBank(3, 0.5);
    const pool = makeImages(2, 8, bank);
    const draws = { orders: [[1]], levels: [1], whole: 1 };
    const [[only]] = (await append(bank, null, pool, [pool[1]!], draws)) as [[Appended]];
    expect(only.rows).toBeGreaterThan(0);
    expect(only.chosen).toEqual([pool[1]!.distances]);
    // The same image as a target meets the rows that it gave.
    expect(Math.max(...only.targets[0]!)).toBeLessThan(Math.max(...pool[1]!.distances));
  });

  test('the farther the training patches lie from the bank, the fewer rows join', async () => {
    const bank = makeBank(3, 0);
    const pool = makeImages(2, 8, bank);
    const draws = { orders: [[0, 1]], levels: [2], whole: 1 };
    const rows = [];
    for (const coveringRadius of [0, 3, 6, 1000]) {
      const [[found]] = (await append({ ...bank, coveringRadius }, null, pool, [], draws)) as [
        [Appended],
      ];
      rows.push(found.rows);
    }
    expect(rows[0]).toBe(16);
    expect(rows[1]).toBeLessThan(16);
    expect(rows[2]).toBeLessThan(rows[1]!);
    expect(rows[3]).toBe(0);
  });

  test('where nothing joins, all distances stay as they were', async () => {
    const bank = makeBank(3, 1000);
    const pool = makeImages(2, 8, bank);
    const targets = makeImages(1, 8, bank);
    const draws = {
      orders: [
        [0, 1],
        [1, 0],
      ],
      levels: [1, 2],
      whole: 1,
    };
    for (const [first] of await append(bank, null, pool, targets, draws)) {
      const largest = Math.max(...targets[0]!.distances);
      expect(Math.max(...first!.targets[0]!)).toBe(largest);
    }
  });

  test('of draws of which the largest distance is wanted, it is that of all patches', async () => {
    const bank = makeBank(6, 2);
    // More patches than are looked at in one go.
    const pool = makeImages(4, 300, bank);
    const targets = makeImages(3, 300, bank);
    const levels = [1, 2, 4];
    const all = await append(bank, null, pool, targets, { orders: ORDERS, levels, whole: 2 });
    const some = await append(bank, null, pool, targets, { orders: ORDERS, levels, whole: 1 });
    const maxima = (images: readonly Float32Array[]) => images.map((own) => Math.max(...own));
    for (const [level] of levels.entries()) {
      const [first, second] = some.map((draw) => draw[level]!);
      expect(first).toEqual(all[0]![level]);
      expect(second!.rows).toBe(all[1]![level]!.rows);
      for (const part of ['targets', 'chosen'] as const) {
        expect(second![part].every(({ length }) => length === 1)).toBe(true);
        const expected = maxima(all[1]![level]![part]);
        for (const [image, value] of maxima(second![part]).entries()) {
          expect(Math.abs(value - expected[image]!)).toBeLessThan(1e-5);
        }
      }
    }
  });

  test('without a number of pictures that can be drawn there is nothing to tell', async () => {
    const bank = makeBank(3, 1);
    const pool = makeImages(2, 8, bank);
    const draws = { orders: [[0, 1]], levels: [], whole: 1 };
    expect(await append(bank, null, pool, pool, draws)).toEqual([[]]);
  });

  test('stops when it is aborted', async () => {
    const bank = makeBank(3, 0);
    const pool = makeImages(2, 8, bank);
    const draws = { orders: [[0, 1]], levels: [1], whole: 1 };
    const signal = AbortSignal.abort(new Error('enough'));
    const work = appendPictures(bank, null, pool, pool, draws, async () => {}, { signal });
    await expect(work).rejects.toThrow('enough');
  });
});

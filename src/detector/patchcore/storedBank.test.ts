import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { constantIn } from '../../tensor/onnx/halfConstants.ts';
import { product } from '../../tensor/product.ts';
import { DEFAULT_MAP } from '../anomalyMap.ts';
import { type ColumnMoments, standardisationOf } from '../columnStatistics.ts';
import { memorySource } from '../embeddingViews.ts';
import { buildScorer } from '../inspector/buildScorer.ts';
import { encodeIntegers } from '../inspector/metadata.ts';
import { fitBank } from './fitBank.ts';
import { growBank } from './growBank.ts';
import { patchcoreHead, patchcoreTables } from './patchcore.ts';
import { squaredDistancesToBank } from './squaredDistances.ts';
import { readStoredBank } from './storedBank.ts';

const DIMENSION = 6;
const PATCHES = 40;
const SEED = 7;

const random = createRandom('stored bank');
const patches = (images: number, offset = 0) =>
  Float32Array.from(
    { length: images * PATCHES * DIMENSION },
    (_, i) => offset + (1 + (i % DIMENSION)) * random.normal(),
  );
const moments: ColumnMoments = {
  count: 10,
  mean: [0, 1, 2, 3, 4, 5],
  variance: [1, 4, 9, 16, 25, 36],
};

async function fitted(standardised: boolean) {
  const standardisation = standardised ? standardisationOf(moments) : null;
  const source = memorySource(patches(5), DIMENSION);
  const seeded = createRandom(SEED);
  const bank = await fitBank(source, PATCHES, 0.2, standardisation, seeded, {});
  const tables = await patchcoreTables(bank, standardisation, seeded.fork('search'));
  const score = { kind: 'max', topk: 0.01 } as const;
  const head = patchcoreHead(tables, { score, map: DEFAULT_MAP });
  const judge = buildScorer({ dimension: DIMENSION, grid: [5, 8] }, head, [20, 32]);
  return {
    bank,
    standardisation,
    find: async (name: string) => constantIn(judge, name),
    detector: {
      method: 'patchcore',
      score,
      bank: {
        rows: bank.rowCount,
        coreset: 0.2,
        sourceImage: encodeIntegers(bank.sourceImage),
        sourcePatch: encodeIntegers(bank.sourcePatch),
        coveringRadius: bank.coveringRadius,
      },
      search: tables.plan,
    },
  } as const;
}

describe('readStoredBank', () => {
  it.each([true, false])('gives back what was fitted (standardised: %s)', async (standardised) => {
    const { bank, standardisation, find, detector } = await fitted(standardised);
    const stored = await readStoredBank(find, { seed: SEED }, detector);
    expect(stored.bank).toMatchObject({
      rowCount: 40,
      dimension: DIMENSION,
      coveringRadius: bank.coveringRadius,
      sourceImage: bank.sourceImage,
      sourcePatch: bank.sourcePatch,
    });
    for (const [i, value] of bank.rows.entries()) expect(stored.bank.rows[i]).toBeCloseTo(value, 4);
    for (const [i, value] of bank.directions.entries()) {
      expect(stored.bank.directions[i]).toBeCloseTo(value, 5);
    }
    expect(stored.standardisation === null).toBe(standardisation === null);
  });

  it('bounds the covering radius of a file without it by the last choice', async () => {
    const { bank, find, detector } = await fitted(true);
    const old = { ...detector, bank: { ...detector.bank, coveringRadius: undefined } };
    const { coveringRadius } = (await readStoredBank(find, { seed: SEED }, old)).bank;
    expect(coveringRadius).toBeGreaterThanOrEqual(bank.coveringRadius);
    expect(coveringRadius).toBeLessThan(1.15 * bank.coveringRadius);
  });
});

describe('growBank', () => {
  it('adds the farthest patches until all lie within the covering radius', async () => {
    const { bank } = await fitted(false);
    const fresh = patches(3, 4);
    const source = memorySource(fresh, DIMENSION);
    const points = await product(fresh, bank.directions, DIMENSION);
    const width = bank.directions.length / DIMENSION;
    const known = await product(bank.rows, bank.directions, DIMENSION);
    const [toBank] = await squaredDistancesToBank([points], known, width);
    const farthest = toBank!.indexOf(Math.max(...toBank!));
    const grown = await growBank(bank, source, points.slice(), toBank!, PATCHES, 5, {});
    const added = grown.rowCount - bank.rowCount;
    expect(added).toBeGreaterThan(3);
    expect(added).toBeLessThan(3 * PATCHES);
    expect(grown.rows.slice(0, bank.rows.length)).toEqual(bank.rows);
    // The first to join is the one farthest from the bank.
    expect(grown.sourceImage[bank.rowCount]).toBe(5 + Math.floor(farthest / PATCHES));
    expect(grown.sourcePatch[bank.rowCount]).toBe(farthest % PATCHES);
    const all = await product(grown.rows, bank.directions, DIMENSION);
    const [left] = await squaredDistancesToBank([points], all, width);
    expect(Math.sqrt(Math.max(...left!))).toBeLessThanOrEqual(bank.coveringRadius * (1 + 1e-4));
    for (let row = bank.rowCount; row < grown.rowCount; row++) {
      const place = (grown.sourceImage[row]! - 5) * PATCHES + grown.sourcePatch[row]!;
      expect(grown.rows.slice(row * DIMENSION, (row + 1) * DIMENSION)).toEqual(
        fresh.slice(place * DIMENSION, (place + 1) * DIMENSION),
      );
    }
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { memorySource } from '../../detector/embeddingViews.ts';
import { buildScorer } from '../../detector/inspector/buildScorer.ts';
import { encodeIntegers } from '../../detector/inspector/metadata.ts';
import { patchcoreTables } from '../../detector/patchcore/patchcore.ts';
import { DEFAULT_PROJECTION, projectionDirections } from '../../detector/patchcore/projection.ts';
import { squaredDistancesToBank } from '../../detector/patchcore/squaredDistances.ts';
import { constantIn } from '../../tensor/onnx/halfConstants.ts';
import { learnMore } from './learnMore.ts';

const DIMENSION = 100;
const PATCHES = 50;

function rows(count: number, seed: string, centre = 0): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count * DIMENSION }, (_, i) => {
    return centre + random.normal() * Math.exp(-0.3 * (i % DIMENSION));
  });
}

/** A bank of 6000 rows that takes in so many new ones. */
async function grownBy(count: number) {
  const bank = {
    rows: rows(6000, 'bank'),
    rowCount: 6000,
    dimension: DIMENSION,
    sourceImage: new Int32Array(6000),
    sourcePatch: new Int32Array(6000),
    coveringRadius: 0.1,
  };
  const source = memorySource(bank.rows, DIMENSION);
  const directions = await projectionDirections(source, null, createRandom(1), DEFAULT_PROJECTION);
  const { plan, pruning } = await patchcoreTables(bank, null, createRandom(1));
  const fresh = rows(count, 'new', 5);
  const detector = {
    method: 'patchcore',
    score: { kind: 'max', topk: 0.01 },
    bank: {
      rows: bank.rowCount,
      coreset: 0.1,
      sourceImage: encodeIntegers(bank.sourceImage),
      sourcePatch: encodeIntegers(bank.sourcePatch),
      coveringRadius: bank.coveringRadius,
    },
    search: plan,
  } as const;
  const axes = pruning!.basis;
  const found = await learnMore(
    { method: 'patchcore', detector, bank: { ...bank, directions }, standardisation: null, axes },
    { seed: 3, training: [], backbone: { name: 'b', sha256: '', layers: [], standardised: false } },
    {
      source: memorySource(fresh, DIMENSION),
      points: [fresh],
      distances: await squaredDistancesToBank([fresh], bank.rows, DIMENSION),
      patches: PATCHES,
    },
    {},
  );
  const model = buildScorer({ dimension: DIMENSION, grid: [5, 10] }, found.head, [20, 40]);
  return { axes, plan, metadata: found.metadata, basis: constantIn(model, 'search/basis')!.values };
}

describe('learnMore', () => {
  it('searches a bank that has grown little as before', async () => {
    const { axes, plan, metadata, basis } = await grownBy(500);
    expect(metadata).toMatchObject({ bank: { rows: 6500 }, search: plan });
    expect(basis).toEqual(axes);
  });

  it('finds the axes of one that has grown modestly anew, and keeps the plan', async () => {
    const { axes, plan, metadata, basis } = await grownBy(2000);
    expect(metadata).toMatchObject({ bank: { rows: 8000 }, search: plan });
    expect(basis).not.toEqual(axes);
  });

  it('plans the search of one that has grown much anew', async () => {
    const { axes, metadata, basis } = await grownBy(4000);
    expect(metadata).toMatchObject({ bank: { rows: 10_000 }, search: { kind: 'two-bounds' } });
    expect(basis).not.toEqual(axes);
  });
});

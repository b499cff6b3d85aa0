/** A model that has learnt from further images, by the code that fits one. */
import type { RunControl } from '../../core/progress.ts';
import { createRandom } from '../../core/random.ts';
import { DEFAULT_MAP } from '../../detector/anomalyMap.ts';
import type { EmbeddingSource } from '../../detector/embeddingSource.ts';
import type { Head } from '../../detector/head.ts';
import {
  type DetectorMetadata,
  encodeIntegers,
  type InspectorMetadata,
} from '../../detector/inspector/metadata.ts';
import { joinArrays } from '../../detector/joinArrays.ts';
import { joinImages } from '../../detector/padim/joinImages.ts';
import { padimHead } from '../../detector/padim/padim.ts';
import { growBank } from '../../detector/patchcore/growBank.ts';
import { patchcoreHead, patchcoreTables } from '../../detector/patchcore/patchcore.ts';
import type { LearntState } from './learntState.ts';

export interface NewImages {
  /** Image by image. */
  readonly source: EmbeddingSource;
  /** Of each, where rows are chosen. */
  readonly points: readonly Float32Array[];
  /** Squared, of those to what was learnt before. */
  readonly distances: readonly Float32Array[];
  /** Of an image. */
  readonly patches: number;
}

export interface LearntMore {
  readonly head: Head;
  readonly metadata: DetectorMetadata;
}

/**
 * A bank that has grown by no more than this is searched as before: its axes hardly turn, and to find
 * them anew takes as long as to choose its rows. With a modest growth they are found from those it had, and
 * the plan is still about the best. Whatever they are, the nearest row is found exactly.
 */
const LITTLE_GROWTH = 0.25;
const MODEST_GROWTH = 0.5;

/** @param learnt used up: PaDiM's Gaussians are updated in place */
export async function learnMore(
  learnt: LearntState,
  { seed, training, backbone }: Pick<InspectorMetadata, 'seed' | 'training' | 'backbone'>,
  { source, points, distances, patches }: NewImages,
  control: RunControl,
): Promise<LearntMore> {
  if (learnt.method === 'padim') {
    const { gaussians, detector } = learnt;
    const { regulariser, ...tables } = await joinImages(
      gaussians,
      source,
      backbone.standardised,
      control,
    );
    return { head: padimHead(tables, DEFAULT_MAP), metadata: { ...detector, regulariser } };
  }
  const { detector, standardisation, axes } = learnt;
  const { search: plan } = detector;
  const bank = await growBank(
    learnt.bank,
    source,
    joinArrays(points),
    joinArrays(distances),
    patches,
    training.length,
    control,
  );
  control.onProgress?.({ step: 'making the tables of the search', done: 0, total: 0 });
  const random = createRandom(seed).fork('search');
  const growth = bank.rowCount / learnt.bank.rowCount - 1;
  const isLike = plan.kind === 'two-bounds' && axes !== undefined && growth <= MODEST_GROWTH;
  const tables = await patchcoreTables(bank, standardisation, random, {
    usedUp: true,
    ...(isLike && { plan, ...(growth <= LITTLE_GROWTH ? { axes } : { nearAxes: axes }) }),
  });
  return {
    head: patchcoreHead(tables, { score: detector.score, map: DEFAULT_MAP }),
    metadata: {
      ...detector,
      bank: {
        rows: bank.rowCount,
        coreset: detector.bank.coreset,
        sourceImage: encodeIntegers(bank.sourceImage),
        sourcePatch: encodeIntegers(bank.sourcePatch),
        coveringRadius: bank.coveringRadius,
      },
      search: tables.plan,
    },
  };
}

/** Patches as points in a plane, by UMAP and by t-SNE, with what can be trusted of them. */
import type { RunControl } from '../../../core/progress.ts';
import type { Random } from '../../../core/random.ts';
import { type Distances, pairwiseDistances } from '../../../manifold/distances.ts';
import { silhouette } from '../../../manifold/silhouette.ts';
import { trustworthiness } from '../../../manifold/trustworthiness.ts';
import { tsne } from '../../../manifold/tsne.ts';
import { umap } from '../../../manifold/umap.ts';
import { type Measure, measure, notComputable } from '../../../result/analysis/figure.ts';
import type { EmbeddingMap, PatchKind } from '../../../result/analysis/interpretability.ts';
import { principalComponents } from './principalComponents.ts';
import { rowDistances } from './rowDistances.ts';

/** As many as t-SNE's authors and scikit-learn advise to reduce to. */
const COMPONENTS = 50;
const FEWEST_POINTS = 10;
const NEAREST = 15;
const UMAP = { minimumDistance: 0.1, epochs: 300, extent: 10 };
const TSNE = { iterations: 750, deviation: 1e-4 };

export interface PictureSettings {
  readonly neighbours: number;
  readonly perplexity: number;
}

/** What is drawn: patches in the space where the detector measures distances. */
export interface PatchSet {
  /** float32 [count * dimension] */
  readonly rows: Float32Array;
  readonly dimension: number;
  readonly kinds: readonly PatchKind[];
}

export type PatchPictures = Pick<
  EmbeddingMap,
  'components' | 'settings' | 'original' | 'umap' | 'tsne'
> & { readonly points: Pick<EmbeddingMap['points'], 'umap' | 'tsne'> };

/** @returns the reason where there is nothing to draw */
export async function patchPictures(
  { rows, dimension, kinds }: PatchSet,
  settings: PictureSettings,
  random: Random,
  control: RunControl,
): Promise<PatchPictures | string> {
  const count = kinds.length;
  if (count < FEWEST_POINTS) return `there are only ${count} patches to draw`;
  const { components, axes, variance } = await principalComponents(
    rows,
    dimension,
    COMPONENTS,
    random.fork('axes'),
  );
  if (variance === null) return 'all patches drawn are the same';
  const used = {
    neighbours: Math.min(settings.neighbours, count - 1),
    perplexity: Math.min(settings.perplexity, (count - 1) / 3),
    nearest: Math.min(NEAREST, Math.ceil(count / 2) - 1),
  };
  const original = await rowDistances(rows, dimension);
  const reduced = pairwiseDistances(components, axes);
  const umapPicture = await umap(
    reduced,
    { ...UMAP, neighbours: used.neighbours, start: startOf(components, axes, 'extent') },
    random.fork('umap'),
    control,
  );
  const { coordinates, divergence } = await tsne(
    reduced,
    { ...TSNE, perplexity: used.perplexity, start: startOf(components, axes, 'deviation') },
    control,
  );
  const judge = (picture: Float64Array) => {
    const plane = pairwiseDistances(picture, 2);
    return {
      trustworthiness: measure(rounded(trustworthiness(original, plane, used.nearest)!)),
      silhouette: separation(plane, kinds),
    };
  };
  return {
    components: { count: axes, variance: rounded(variance) },
    settings: { ...used, perplexity: rounded(used.perplexity) },
    original: { silhouette: separation(original, kinds) },
    umap: judge(umapPicture),
    tsne: { ...judge(coordinates), divergence: rounded(divergence) },
    points: { umap: pointsOf(umapPicture), tsne: pointsOf(coordinates) },
  };
}

/**
 * The first two components, so that pictures of the same patches have the same large shape.
 * @param by UMAP: the farthest coordinate is `UMAP.extent`; t-SNE: the first axis has the standard
 * deviation `TSNE.deviation`
 */
function startOf(components: Float64Array, axes: number, by: 'extent' | 'deviation'): Float64Array {
  const count = components.length / axes;
  const start = Float64Array.from({ length: 2 * count }, (_, place) =>
    place % 2 < axes ? components[Math.floor(place / 2) * axes + (place % 2)]! : 0,
  );
  let farthest = 0;
  let squares = 0;
  for (const [place, value] of start.entries()) {
    farthest = Math.max(farthest, Math.abs(value));
    if (place % 2 === 0) squares += value * value;
  }
  const scale =
    by === 'extent' ? UMAP.extent / farthest : TSNE.deviation / Math.sqrt(squares / count);
  return start.map((value) => value * scale);
}

/** Of defect patches and those of normal images; the others are of neither group. */
function separation(distances: Distances, kinds: readonly PatchKind[]): Measure {
  for (const kind of ['defect', 'normal'] as const) {
    if (!kinds.includes(kind)) return notComputable(MISSING[kind]);
  }
  const groups = kinds.map((kind) => (kind === 'normal' ? 0 : kind === 'defect' ? 1 : -1));
  const value = silhouette(distances, groups);
  return value === undefined
    ? notComputable('there is one patch of each group')
    : measure(rounded(value));
}

const MISSING = {
  defect: 'no patch is known to be defective, for no image drawn has a mask that marks any',
  normal: 'there are no normal test images',
};

const pointsOf = (picture: Float64Array): [number, number][] =>
  Array.from({ length: picture.length / 2 }, (_, point) => [
    hundredths(picture[2 * point]!),
    hundredths(picture[2 * point + 1]!),
  ]);

/** Adding 0 makes -0, which JSON does not keep, a 0. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

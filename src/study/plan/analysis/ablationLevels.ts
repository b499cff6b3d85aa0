/** The ablations' levels as plain data: which detectors differ from the study's in one choice. */
import { percent } from '../../../calibration/percent.ts';
import type { Projection } from '../../../detector/patchcore/projection.ts';
import { DEFAULT_PROJECTION } from '../../../detector/patchcore/projection.ts';
import type { AblationFactor } from '../../../result/analysis/ablation.ts';
import type { PadimVariant, PatchcoreVariant } from '../../kinds/analysis/ablationOptions.ts';
import { BUILTIN } from '../../kinds/analysis/variantImages.ts';
import type { StudyInput } from '../studyInput.ts';
import { scoreSpec } from '../studyJob.ts';

/** What a level changes. An empty change is the study's own choice. */
export interface Level<V> {
  readonly label: string;
  /** Of the detector. */
  readonly change: Partial<V>;
  /** Of the network: another edge of the input, embedding or backbone. */
  readonly network?: NetworkChange;
  /** Of the base's scores, where that is all the level changes. */
  readonly score?: number;
}

export interface NetworkChange {
  readonly size?: number;
  readonly embedding?: 'concat' | 'paper1024';
  readonly builtin?: true;
}

export interface Factor<V> {
  readonly factor: AblationFactor;
  readonly levels: readonly Level<V>[];
}

/** @param layers all that the ablation may choose among, finest first */
export function patchcoreFactors(
  { config, layers: chosen, backbone }: StudyInput,
  layers: readonly string[],
): Factor<PatchcoreVariant>[] {
  const { patchcore, analysis, backbone: settings } = config;
  const { ablation } = analysis;
  const { kinds, dimensions } = ablation.projections;
  const projections = kinds.flatMap((kind) =>
    dimensions.map((dimension): Projection => ({ kind, dimension })),
  );
  const named = ({ kind, dimension }: Projection) => `${kind} ${dimension}`;
  const isDefault = (projection: Projection) => named(projection) === named(DEFAULT_PROJECTION);
  const base = { label: 'none', change: {} };
  return [
    {
      factor: 'coreset',
      levels: ascendingWithOwn(ablation.coreset, patchcore.coreset).map((coreset) => ({
        label: percent(coreset),
        change: coreset === patchcore.coreset ? {} : { coreset },
      })),
    },
    {
      factor: 'layers',
      // Only where layers lie side by side can some of them be left out.
      levels:
        ablation.layers && patchcore.embedding === 'concat'
          ? subsets(layers, chosen.patchcore).map((own) => ({
              label: own.join(' + '),
              change: same(own, chosen.patchcore) ? {} : { layers: own },
            }))
          : [],
    },
    {
      factor: 'score',
      levels: withOwn(ablation.scores, patchcore.score).map((kind) => ({
        label: kind,
        change: {},
        score: scoreKinds(config).indexOf(kind),
      })),
    },
    {
      factor: 'embedding',
      levels: withOwn(ablation.embeddings, patchcore.embedding).map((embedding) => ({
        label: embedding,
        change: {},
        ...(embedding !== patchcore.embedding && { network: { embedding } }),
      })),
    },
    {
      factor: 'input-size',
      levels: ascendingWithOwn(ablation.sizes, settings.resize).map((size) => ({
        label: `${size} px`,
        change: {},
        ...(size !== settings.resize && { network: { size } }),
      })),
    },
    {
      factor: 'coreset-projection',
      levels: withOwn(projections, projections.find(isDefault) ?? DEFAULT_PROJECTION).map(
        (projection) => ({
          label: named(projection),
          change: isDefault(projection) ? {} : { projection },
        }),
      ),
    },
    {
      factor: 'embedding-projection',
      levels: [
        base,
        ...projections.map((reduction) => ({ label: named(reduction), change: { reduction } })),
      ].slice(projections.length === 0 ? 1 : 0),
    },
    backboneFactor(backbone.name, ablation.builtin),
    trainingFactor(ablation.training),
  ];
}

export function padimFactors({ config, backbone }: StudyInput): Factor<PadimVariant>[] {
  const { ablation } = config.analysis;
  const { channels: own } = config.padim;
  return [
    {
      factor: 'channels',
      levels: ascendingWithOwn(ablation.channels, own).map((channels) => ({
        label: String(channels),
        change: channels === own ? {} : { channels },
      })),
    },
    {
      factor: 'channel-ranking',
      levels: ablation.variance
        ? [
            { label: 'random', change: {} },
            { label: 'largest variance', change: { ranking: 'variance' } },
          ]
        : [],
    },
    backboneFactor(backbone.name, ablation.builtin),
    trainingFactor(ablation.training),
  ];
}

function backboneFactor<V>(name: string, builtin: boolean): Factor<V> {
  const levels: Level<V>[] = [{ label: name, change: {} }];
  if (builtin && name !== BUILTIN) {
    levels.push({ label: BUILTIN, change: {}, network: { builtin: true } });
  }
  return { factor: 'backbone', levels: levels.length === 1 ? [] : levels };
}

function trainingFactor<V extends { readonly training: number }>(
  shares: readonly number[],
): Factor<V> {
  return {
    factor: 'training-images',
    levels: ascendingWithOwn(shares, 1).map((training) => ({
      label: percent(training),
      change: (training === 1 ? {} : { training }) as Partial<V>,
    })),
  };
}

/** With the study's own choice, which all others are compared with; none where none is asked for. */
const withOwn = <T>(asked: readonly T[], own: T): readonly T[] =>
  asked.length === 0 || asked.includes(own) ? asked : [own, ...asked];

const ascendingWithOwn = (asked: readonly number[], own: number): readonly number[] =>
  asked.includes(own) ? asked : withOwn(asked, own).toSorted((a, b) => a - b);

/** The base's own first; its bank serves the others. */
export function scoreKinds({ patchcore, analysis }: StudyInput['config']) {
  const { score } = patchcore;
  return [score, ...analysis.ablation.scores.filter((kind) => kind !== score)];
}

export function basePatchcore(input: StudyInput): PatchcoreVariant {
  const { config, layers } = input;
  const { topk } = scoreSpec(input);
  return {
    id: 'base',
    training: 1,
    layers: layers.patchcore,
    coreset: config.patchcore.coreset,
    scores: scoreKinds(config).map((kind) => ({ kind, topk })),
    projection: DEFAULT_PROJECTION,
    reduction: null,
  };
}

export const basePadim = ({ config }: StudyInput): PadimVariant => ({
  id: 'base',
  training: 1,
  channels: config.padim.channels,
  ranking: 'random',
});

/** Single layers, pairs, all, and the study's own; none of a single layer. */
function subsets(layers: readonly string[], own: readonly string[]): (readonly string[])[] {
  if (layers.length < 2) return [];
  const pairs = layers.flatMap((a, i) => layers.slice(i + 1).map((b) => [a, b]));
  const all = layers.length > 2 ? [[...layers]] : [];
  const usual = [...layers.map((layer) => [layer]), ...pairs, ...all];
  return usual.some((some) => same(some, own)) ? usual : [...usual, own];
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/**
 * The adaptation ladder: how many pictures must be taken after the lamp is changed? K normal
 * pictures under the new lamp move the threshold (`recalibrate`) or join the model first
 * (`append`). All of it uses normal images only, as a line would have them.
 */
import { conformalThreshold } from '../../calibration/conformalThreshold.ts';
import { createRandom } from '../../core/random.ts';
import type { Estimates } from '../../result/estimate.ts';
import {
  type LadderResult,
  type LadderRung,
  STRATEGIES,
  type Strategy,
} from '../../result/ladder.ts';
import {
  PIXEL_METRICS,
  type PixelMetric,
  RANKING_METRICS,
  THRESHOLD_METRICS,
} from '../../result/metricNames.ts';
import type { Method } from '../../result/scenario.ts';
import { median } from '../../stats/robust.ts';
import { drawnInterval } from './metricInterval.ts';
import { type PixelRun, samplePixels } from './pixelRun.ts';
import { recoveryOf } from './recovery.ts';
import { everyImageOnce } from './resample.ts';
import { isResampled } from './resampledMetrics.ts';
import {
  byName,
  estimateOf,
  meanOf,
  type Sampled,
  type SampledMetrics,
  type Sampling,
  sampleMetrics,
} from './sampled.ts';
import { type ScenarioSettings, type ScoredImages, samplingOf } from './scenario.ts';
import { metricsOf } from './weightedMetrics.ts';

const IMAGE_METRICS = [...RANKING_METRICS, ...THRESHOLD_METRICS] as const;
const METRICS = [...IMAGE_METRICS, ...PIXEL_METRICS] as const;
type LadderMetrics = SampledMetrics<(typeof METRICS)[number]>;
type LadderValues = Readonly<Record<(typeof METRICS)[number], number | null>>;

/** From this many pictures on the threshold is conformal; below, the clean one is moved. */
const ENOUGH_FOR_CONFORMAL = 20;

/** One draw of pictures, at one number of them. */
export interface AppendedScores {
  /** Rows that joined PatchCore's bank; null for PaDiM. */
  readonly rows: number | null;
  /** Of the test images under the lamp. */
  readonly test: readonly number[];
  /** Of the pictures themselves, each scored without its own part in the model. */
  readonly chosen: readonly number[];
}

/** What was measured under one lamp. */
export interface LampScores {
  readonly lamp: number;
  readonly shift: unknown;
  /** The clean model's scores of the pool and of the test images. */
  readonly pool: readonly number[];
  readonly test: readonly number[];
  readonly pixel: PixelRun;
  /** The numbers of pictures, ascending. */
  readonly pictures: readonly number[];
  readonly draws: readonly {
    /** Indices into the pool; the first K are the pictures of rung K. */
    readonly order: readonly number[];
    /** One for each of `pictures`. */
    readonly appended: readonly AppendedScores[];
  }[];
  /** Pixel metrics of the first draw, for each of `pictures`. */
  readonly appendedPixel: readonly PixelRun[];
}

export interface LadderScores {
  /** The clean model on clean normal validation images: the pool before the lamp was changed. */
  readonly cleanPool: readonly number[];
  /** The clean model on clean test images. */
  readonly cleanTest: ScoredImages;
  readonly cleanPixel: PixelRun;
  readonly lamps: readonly LampScores[];
}

/**
 * @param normals scores of K normal pictures under the lamp, none of them learnt from
 * @param clean scores of the validation images before
 */
export function ladderThreshold(
  normals: readonly number[],
  clean: readonly number[],
  fpr: number,
): number {
  if (normals.length >= ENOUGH_FOR_CONFORMAL)
    return conformalThreshold(normals, fpr, 'maximum').threshold;
  const before = conformalThreshold(clean, fpr, 'maximum').threshold;
  return normals.length === 0 ? before : before + median(normals) - median(clean);
}

export function ladderResult(
  name: { readonly category: string; readonly method: Method; readonly seed: number },
  scores: LadderScores,
  asked: readonly number[],
  settings: ScenarioSettings,
): LadderResult {
  const sampling = samplingOf(scores.cleanTest, settings);
  const { cleanPool } = scores;
  const thresholdOf = (normals: readonly number[]) =>
    ladderThreshold(normals, cleanPool, settings.fpr);
  const unmoved = thresholdOf([]);
  // The intervals of the ladder are percentiles.
  const withoutJackknife = { ...sampling, jackknife: [] };
  const clean = sampleAt(
    scores.cleanTest.scores[0]!,
    unmoved,
    samplePixels(scores.cleanPixel, withoutJackknife),
    withoutJackknife,
  );
  const random = createRandom(settings.seed).fork('ladder intervals').fork(name.category);

  const lamps = scores.lamps.map((lamp) => {
    const picks = sampling.replicates.map(() => random.next());
    const pixel = samplePixels(lamp.pixel, withoutJackknife);
    const appendedPixel = lamp.appendedPixel.map((run) => samplePixels(run, withoutJackknife));
    return {
      lamp,
      none: sampleAt(lamp.test, unmoved, pixel, withoutJackknife),
      rungs: lamp.pictures.flatMap((_, level) =>
        STRATEGIES.map((strategy) => {
          const own = strategy === 'append' ? appendedPixel[level]! : pixel;
          return climb(lamp, level, strategy, own, thresholdOf, sampling, picks);
        }),
      ),
    };
  });
  const none = meanMetrics(lamps.map((lamp) => lamp.none));
  const describe = (metrics: LadderMetrics, each: readonly LadderValues[]): Estimates =>
    byName(METRICS, (metric) =>
      estimateOf(
        metrics[metric],
        each.map((values) => values[metric]),
        drawnInterval(metrics, metric, sampling),
      ),
    );
  return {
    ...name,
    pool: cleanPool.length,
    clean: describe(clean, [valuesOf(clean)]),
    none: describe(
      none,
      lamps.map((lamp) => valuesOf(lamp.none)),
    ),
    lamps: lamps.map(({ lamp, none: own, rungs }) => ({
      lamp: lamp.lamp,
      shift: lamp.shift,
      none: describe(own, [valuesOf(own)]),
      rungs: rungs.map(({ rung, sampled, each }) => ({
        ...rung,
        metrics: describe(sampled, each),
      })),
    })),
    rungs: (lamps[0]?.rungs ?? []).map(({ rung }, place) => {
      const own = lamps.map(({ rungs }) => rungs[place]!);
      const sampled = meanMetrics(own.map((one) => one.sampled));
      return {
        ...rung,
        appendedRows: meanOrNull(own.map((one) => one.rung.appendedRows)),
        metrics: describe(
          sampled,
          own.map((one) => valuesOf(one.sampled)),
        ),
        recovery: byName(METRICS, (metric) =>
          recoveryOf(metric, { clean, none, adapted: sampled }, sampling),
        ),
      };
    }),
    leftOut: asked
      .filter((pictures) => pictures > cleanPool.length)
      .map((pictures) => ({
        pictures,
        reason: `there are ${cleanPool.length} normal validation images to draw from`,
      })),
  };
}

interface Rung {
  readonly rung: Omit<LadderRung, 'metrics'>;
  readonly sampled: LadderMetrics;
  /** For each draw. */
  readonly each: readonly LadderValues[];
}

function climb(
  lamp: LampScores,
  level: number,
  strategy: Strategy,
  pixel: SampledMetrics<PixelMetric>,
  thresholdOf: (normals: readonly number[]) => number,
  sampling: Sampling,
  picks: readonly number[],
): Rung {
  const pictures = lamp.pictures[level]!;
  const appended = strategy === 'append';
  const judges = lamp.draws.map(({ order, appended: levels }) => {
    const own = levels[level]!;
    const normals = appended ? own.chosen : order.slice(0, pictures).map((i) => lamp.pool[i]!);
    return judgeAt(appended ? own.test : lamp.test, thresholdOf(normals), sampling);
  });
  const each = judges.map((judge) => judge(everyImageOnce(sampling.labels.length)));
  // A replicate is another draw of pictures on other test images.
  const replicates = sampling.replicates.map((weights, replicate) =>
    judges[Math.floor(picks[replicate]! * judges.length)]!(weights),
  );
  const sets = lamp.draws.map(({ order }) =>
    order
      .slice(0, pictures)
      .sort((a, b) => a - b)
      .join(),
  );
  return {
    rung: {
      pictures,
      strategy,
      draws: new Set(sets).size,
      appendedRows: appended
        ? meanOrNull(lamp.draws.map(({ appended: levels }) => levels[level]!.rows))
        : null,
    },
    sampled: {
      ...byName(IMAGE_METRICS, (metric) => ({
        value: meanOrNull(each.map((values) => values[metric])) ?? Number.NaN,
        replicates: Float64Array.from(replicates, (values) =>
          isResampled(metric, sampling.labels) ? (values[metric] ?? Number.NaN) : Number.NaN,
        ),
        jackknife: new Float64Array(),
      })),
      ...pixel,
    },
    each: each.map((values) => ({
      ...values,
      ...byName(PIXEL_METRICS, (metric) => numberOf(pixel[metric])),
    })),
  };
}

const judgeAt = (scores: readonly number[], threshold: number, { labels }: Sampling) =>
  metricsOf({ scores, chosen: threshold, normalOnly: threshold }, labels);

function sampleAt(
  scores: readonly number[],
  threshold: number,
  pixel: SampledMetrics<PixelMetric>,
  sampling: Sampling,
): LadderMetrics {
  return { ...sampleMetrics(sampling, judgeAt(scores, threshold, sampling)), ...pixel };
}

const meanMetrics = (all: readonly LadderMetrics[]): LadderMetrics =>
  byName(METRICS, (metric) => meanOf(all.map((metrics) => metrics[metric])));

const valuesOf = (metrics: LadderMetrics): LadderValues =>
  byName(METRICS, (metric) => numberOf(metrics[metric]));

const numberOf = ({ value }: Sampled): number | null => (Number.isNaN(value) ? null : value);

function meanOrNull(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0) return null;
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

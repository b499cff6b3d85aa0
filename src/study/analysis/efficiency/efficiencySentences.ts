/** What models take, in words. */
import { percent } from '../../../calibration/percent.ts';
import type {
  CoresetLevel,
  Latency,
  MeasuredEfficiency,
} from '../../../result/analysis/efficiency.ts';

type Steps = MeasuredEfficiency['steps']['data'];
type TimedLevels = NonNullable<MeasuredEfficiency['coreset']>['data'];

export function stepsSentence(steps: Steps): string {
  const total = steps.find(({ step }) => step === 'total')!;
  const parts = steps
    .filter(({ step }) => step !== 'total')
    .sort((a, b) => b.p50 - a.p50)
    .map(({ step, p50 }) => `${step} ${milliseconds(p50)}`);
  return `Half of ${total.n} images take at most ${milliseconds(total.p50)}: ${parts.join(', ')} (medians). ${tail(total)}`;
}

/** What so few images say of the slowest. */
function tail({ n, p95, p99, slowest }: Latency): string {
  const said = `95% are within ${milliseconds(p95)} and 99% within ${milliseconds(p99)}`;
  return n < 100
    ? `${said}, the latter interpolated below the slowest of ${n}, ${milliseconds(slowest)}.`
    : `${said}.`;
}

export function coresetSentence(levels: readonly CoresetLevel[]): string {
  const parts = levels.map(
    ({ share, rows, bytes, imageAuroc, own }) =>
      `${percent(share)}${own ? ', as in the study,' : ''} is ${rows} rows and ${megabytes(bytes)}, image AUROC ${imageAuroc.value?.toFixed(3) ?? 'not computable'}`,
  );
  return `Of the training patches, ${parts.join('; ')}.`;
}

export function timedCoresetSentence(levels: TimedLevels): string {
  const parts = levels.map(
    ({ share, search, imageAuroc }) =>
      `${percent(share)} takes ${milliseconds(search.p50)} (image AUROC ${imageAuroc.value?.toFixed(3) ?? 'not computable'})`,
  );
  return `To search and score an image (median of ${levels[0]!.search.n}), ${parts.join('; ')}.`;
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toPrecision(3))} MB`;

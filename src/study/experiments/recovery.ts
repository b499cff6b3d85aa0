/** How much of what a shift costs an adaptation regains. */
import type { Recovery } from '../../result/estimate.ts';
import { percentileInterval } from '../../stats/percentileInterval.ts';
import { differenceInterval, withWidth } from './metricInterval.ts';
import { difference, ratio, type Sampled, type Sampling } from './sampled.ts';

/**
 * (adapted - none) / (clean - none). Where clean and none do not differ beyond chance that is a
 * ratio of noises: not computable.
 */
export function recoveryOf(
  metric: string,
  metrics: Readonly<Record<'clean' | 'none' | 'adapted', Readonly<Record<string, Sampled>>>>,
  sampling: Pick<Sampling, 'labels' | 'confidence'>,
): Recovery {
  const [clean, none, adapted] = (['clean', 'none', 'adapted'] as const).map(
    (which) => metrics[which][metric]!,
  ) as [Sampled, Sampled, Sampled];
  const missing = (reason: string): Recovery => ({ value: null, reason, interval: null });
  const loss = difference(clean, none);
  if (Number.isNaN(loss.value) || Number.isNaN(adapted.value))
    return missing('a part of it is not computable');
  const lossInterval = differenceInterval(metrics.clean, metrics.none, metric, sampling);
  if (lossInterval === null) return missing('how far the loss is chance is not known');
  if (loss.value === 0 || (lossInterval.low <= 0 && lossInterval.high >= 0)) {
    return missing('the shift changes it no more than chance may');
  }
  const regained = ratio(difference(adapted, none), loss);
  const finite = regained.replicates.filter(Number.isFinite);
  return {
    value: regained.value,
    reason: null,
    interval: withWidth(percentileInterval(finite, sampling.confidence)),
  };
}

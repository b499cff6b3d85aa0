/** How much of what a shift costs an adaptation regains. */
import type { Recovery } from '../../result/estimate.ts';
import { percentileInterval } from '../../stats/percentileInterval.ts';
import { difference, intervalOf, ratio, type Sampled, type Sampling } from './sampled.ts';

/**
 * (adapted - none) / (clean - none). Where clean and none do not differ beyond chance that is a
 * ratio of noises: not computable.
 */
export function recoveryOf(
  {
    clean,
    none,
    adapted,
  }: { readonly clean: Sampled; readonly none: Sampled; readonly adapted: Sampled },
  sampling: Pick<Sampling, 'labels' | 'confidence'>,
): Recovery {
  const missing = (reason: string): Recovery => ({ value: null, reason, interval: null });
  const loss = difference(clean, none);
  if (Number.isNaN(loss.value) || Number.isNaN(adapted.value))
    return missing('a part of it is not computable');
  const lossInterval = intervalOf(loss, sampling);
  if (lossInterval === null) return missing('how far the loss is chance is not known');
  if (loss.value === 0 || (lossInterval.low <= 0 && lossInterval.high >= 0)) {
    return missing('the shift changes it no more than chance may');
  }
  const regained = ratio(difference(adapted, none), loss);
  const finite = regained.replicates.filter(Number.isFinite);
  return {
    value: regained.value,
    reason: null,
    interval: percentileInterval(finite, sampling.confidence),
  };
}

/** What a photograph is at the threshold in use. */
import type { Verdict } from '../../src/browser/browser.ts';
import type { InspectedPhoto } from '../worker/protocol.ts';
import type { Label } from './photo.ts';

/**
 * At a threshold chosen here there is no band to be unsure in: what is above it is anomalous.
 * @param threshold undefined: the model's own
 */
export function verdictHere(
  { verdict, score }: Pick<InspectedPhoto, 'verdict' | 'score'>,
  threshold: number | undefined,
): Verdict {
  if (threshold === undefined || verdict === 'not judged') return verdict;
  return score > threshold ? 'anomalous' : 'normal';
}

/** @returns undefined where nobody said, or the verdict commits itself to nothing */
export function agrees(verdict: Verdict, label: Label | undefined): boolean | undefined {
  if (label === undefined || verdict === 'unsure' || verdict === 'not judged') return undefined;
  return verdict === label;
}

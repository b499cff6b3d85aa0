/** What goes wrong on one category's test images under one condition. */
import type { ErrorCondition, ThresholdKind } from '../../../result/analysis/errors.ts';
import type { ErrorInput, ScoredMethod } from './errorInput.ts';
import { groupDefects } from './groupDefects.ts';
import { judgeErrors } from './judgeErrors.ts';
import { sharedMistakes } from './sharedMistakes.ts';

export function errorCondition(input: ErrorInput): ErrorCondition {
  const { scenario, images, defects, methods } = input;
  const groupings = groupDefects(defects);
  const kinds: ThresholdKind[] = ['chosen'];
  if (methods.some(differ)) kinds.push('normal-only');
  return {
    scenario,
    counts: {
      normal: images.length - defects.length,
      anomalous: defects.length,
      measured: defects.filter(({ measures }) => measures !== null).length,
    },
    defects: [...defects],
    judgements: methods.flatMap((method) =>
      kinds
        .filter((kind) => kind === 'chosen' || differ(method))
        .map((kind) => judgeErrors(input, method, kind, groupings)),
    ),
    bothFail: methods.length === 2 ? kinds.map((kind) => sharedMistakes(input, kind)) : [],
  };
}

const differ = ({ thresholds: { chosen, normalOnly } }: ScoredMethod): boolean =>
  chosen.threshold !== normalOnly.threshold;

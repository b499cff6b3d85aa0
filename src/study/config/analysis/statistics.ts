/** Which differences the study makes claims of, and how they are tested. */
import { z } from 'zod';
import { type Comparison, comparisonSchema } from '../../../result/analysis/statistics.ts';
import { METHODS } from '../../../result/scenario.ts';
import { distinct } from '../distinct.ts';

/** Which method is better, what the shift costs, and what adapting to it regains. */
const FAMILY: readonly Comparison[] = [
  {
    metric: 'image_auroc',
    first: { scenario: 'clean', method: 'patchcore' },
    second: { scenario: 'clean', method: 'padim' },
  },
  ...METHODS.flatMap((method): Comparison[] => [
    {
      metric: 'image_auroc',
      first: { scenario: 'shift-none', method },
      second: { scenario: 'clean', method },
    },
    {
      metric: 'balanced_accuracy',
      first: { scenario: 'shift-threshold', method },
      second: { scenario: 'shift-none', method },
    },
    {
      metric: 'balanced_accuracy',
      first: { scenario: 'shift-full', method },
      second: { scenario: 'shift-none', method },
    },
  ]),
];

export const statisticsConfig = z.strictObject({
  permutations: z
    .int()
    .min(999)
    .max(1_000_000)
    .default(4999)
    .describe('random swaps of each permutation test'),
  family: z
    .array(
      comparisonSchema.refine(
        ({ first, second }) => first.scenario !== second.scenario || first.method !== second.method,
        'expected two different sides',
      ),
    )
    .refine(distinct, 'expected every comparison once')
    .default([...FAMILY])
    .describe('differences that claims are made of, in every category; tested as one family'),
});

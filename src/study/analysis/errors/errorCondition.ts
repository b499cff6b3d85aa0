/** What goes wrong on one category's test images under one condition. */
import type { Label } from '../../../data/dataset.ts';
import type {
  Defect,
  ErrorCondition,
  ErrorScenario,
  ThresholdKind,
} from '../../../result/analysis/errors.ts';
import type { Method, Thresholds } from '../../../result/scenario.ts';
import { groupDefects } from './groupDefects.ts';
import { judgeErrors } from './judgeErrors.ts';
import { sharedMistakes } from './sharedMistakes.ts';

export interface TestImage {
  readonly id: string;
  readonly label: Label;
  readonly defectType: string;
}

/** One model of a method and what it makes of the images. */
export interface ScoredMethod {
  readonly method: Method;
  readonly seed: number;
  readonly thresholds: Thresholds;
  /** Scores of the normal images that the thresholds were set on. */
  readonly normalScores: readonly number[];
  /** Of the test images, in their order. */
  readonly scores: readonly number[];
}

export interface ErrorInput {
  readonly category: string;
  readonly scenario: ErrorScenario;
  readonly images: readonly TestImage[];
  /** The anomalous ones, in the same order. */
  readonly defects: readonly Defect[];
  readonly methods: readonly ScoredMethod[];
  readonly confidence: number;
}

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

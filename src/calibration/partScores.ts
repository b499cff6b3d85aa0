/**
 * Scores of images by what they may be used for. Whatever is chosen or fitted takes validation
 * scores, whatever is measured takes test scores, and neither type passes for the other.
 */
export interface PartScores<P extends 'validation' | 'test'> {
  readonly part: P;
  /** Finite, higher is more anomalous. */
  readonly scores: readonly number[];
  /** 0 normal, 1 anomalous; as many as scores. */
  readonly labels: readonly (0 | 1)[];
}

export type ValidationScores = PartScores<'validation'>;
export type TestScores = PartScores<'test'>;
type AnyPart = PartScores<'validation' | 'test'>;

export const normalScores = ({ scores, labels }: AnyPart): number[] =>
  scores.filter((_, image) => labels[image] === 0);

export function countLabels({ labels }: AnyPart): {
  readonly normal: number;
  readonly anomalous: number;
} {
  const anomalous = labels.reduce<number>((sum, label) => sum + label, 0);
  return { normal: labels.length - anomalous, anomalous };
}

/** The same images but one. */
export function withoutImage(part: ValidationScores, left: number): ValidationScores {
  const others = <T>(values: readonly T[]) => values.filter((_, image) => image !== left);
  return { part: 'validation', scores: others(part.scores), labels: others(part.labels) };
}

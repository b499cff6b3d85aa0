/** One method's mistakes at one threshold. */
import { counted } from '../../../core/listed.ts';
import type { ErrorJudgement, Mistake, ThresholdKind } from '../../../result/analysis/errors.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { ErrorInput, ScoredMethod } from './errorInput.ts';
import { errorPatterns } from './errorPatterns.ts';
import type { Groupings } from './groupDefects.ts';
import { marginsOf } from './margins.ts';
import { recallByGroup } from './recallByGroup.ts';

export function judgeErrors(
  { category, scenario, images, defects, confidence }: ErrorInput,
  scored: ScoredMethod,
  kind: ThresholdKind,
  { groupings, leftOut }: Groupings,
): ErrorJudgement {
  const { method, seed, thresholds, scores } = scored;
  const { threshold, scale, margins } = marginsOf(scored, kind);
  const name = METHOD_TITLES[method];
  const where = `${name}, ${category}, ${scenario}, ${kind} threshold`;
  const judged = images.map((image, place) => ({
    ...image,
    score: scores[place]!,
    margin: margins[place]!,
    flagged: scores[place]! > threshold,
  }));
  const anomalous = judged.filter(({ label }) => label === 'anomalous');
  const normal = judged.filter(({ label }) => label === 'normal');
  const defective = {
    found: anomalous.map(({ flagged }) => flagged),
    margins: anomalous.map(({ margin }) => margin),
  };
  const missed = anomalous.filter(({ flagged }) => !flagged).sort((a, b) => a.score - b.score);
  const alarms = normal.filter(({ flagged }) => flagged).sort((a, b) => b.score - a.score);
  return {
    method,
    seed,
    kind,
    rule: (kind === 'chosen' ? thresholds.chosen : thresholds.normalOnly).rule,
    threshold,
    scale,
    margins: defective.margins,
    confusion: confusionOf([...normal, ...anomalous], where),
    falseNegatives: {
      title: `False negatives: ${where}`,
      sentence: `${name} misses ${missed.length} of ${counted(anomalous.length, 'defective image')}${furthest(missed[0], 'below')}.`,
      data: missed.map(mistake),
    },
    falsePositives: {
      title: `False positives: ${where}`,
      sentence: `${name} flags ${alarms.length} of ${counted(normal.length, 'good image')}${furthest(alarms[0], 'above')}.`,
      data: alarms.map(mistake),
    },
    recall: groupings.map((grouping) => recallByGroup(grouping, defective, confidence, where)),
    leftOut: [...leftOut],
    patterns: errorPatterns(defects, groupings, defective.found, confidence, name),
  };
}

interface Judged extends Mistake {
  readonly label: 'normal' | 'anomalous';
  readonly flagged: boolean;
}

const mistake = ({ id, defectType, score, margin }: Judged): Mistake => ({
  id,
  defectType,
  score,
  margin,
});

function furthest(worst: Judged | undefined, side: 'below' | 'above'): string {
  if (worst === undefined) return '';
  const { id, margin } = worst;
  if (margin === null) return `, ${id} with the score furthest ${side} the threshold`;
  const distance = Math.abs(margin).toPrecision(2);
  return `; ${id} lies furthest ${side} the threshold, by ${Number(distance)} standard deviations of normal validation scores`;
}

/** Rows are what images are, columns what they are judged to be. */
function confusionOf(judged: readonly Judged[], where: string): ErrorJudgement['confusion'] {
  const kinds = new Map<string, Judged[]>();
  for (const image of judged) {
    const key = image.label === 'normal' ? '' : image.defectType;
    kinds.set(key, [...(kinds.get(key) ?? []), image]);
  }
  const data = [...kinds.values()].map((images) => ({
    defectType: images[0]!.defectType,
    label: images[0]!.label,
    images: images.length,
    flagged: images.filter(({ flagged }) => flagged).length,
  }));
  const parts = data.map(
    ({ defectType, images, flagged }) => `${flagged} of ${images} ${defectType}`,
  );
  return {
    title: `Verdicts by type: ${where}`,
    sentence: `Judged anomalous: ${parts.join(', ')}.`,
    data,
  };
}

/** What the study says of one category, so that somebody can act on it. */
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import { describeSeparation, RELIABLE, type Separation } from '../wording/describeSeparation.ts';
import { actionSentence, cleanSentence, costSentence, repairSentence } from './answerSentences.ts';
import { bestClean, ladderOf } from './bestMethod.ts';
import { type Cost, costOf, type Repair, repaired, repairOf } from './costAndRepair.ts';
import { scenarioOf } from './scenarioOf.ts';

export type Tone = 'good' | 'caution' | 'bad' | 'unknown';

export interface CategoryAnswer {
  readonly category: string;
  readonly tone: Tone;
  /** A few short sentences: what to do, clean detection, what the shift costs, what repairs it. */
  readonly text: string;
}

/** Null where the category has no clean scenario to start from. */
export function categoryAnswer(result: StudyResult, category: string): CategoryAnswer | null {
  const clean = bestClean(result, category);
  if (clean === null) return null;
  const { method } = clean;
  const none = scenarioOf(result, 'shift-none', category, method);
  const threshold = scenarioOf(result, 'shift-threshold', category, method);
  const ladder = ladderOf(result, category, method);
  const separation = describeSeparation(clean.metrics.image_auroc ?? { value: null });
  const cost = none === undefined ? null : costOf(result, none);
  const repair = repairOf(result, clean, ladder);
  const sentences = [
    actionSentence(separation, cost, repair),
    cleanSentence(result, clean, separation),
    none === undefined || cost === null ? null : costSentence(result, none, cost),
    cost?.shown === true ? repairSentence(threshold, repair) : null,
  ];
  return {
    category,
    tone: toneOf(separation, clean, cost, repair),
    text: sentences.filter((sentence) => sentence !== null).join(' '),
  };
}

function toneOf(
  { kind }: Separation,
  { metrics }: ScenarioResult,
  cost: Cost | null,
  repair: Repair,
): Tone {
  if (kind === 'unknown') return 'unknown';
  // Few images may hide a good model as well as a bad one.
  const mayBeGood = (metrics.image_auroc?.interval?.high ?? 1) >= RELIABLE;
  if (kind === 'none-shown') return mayBeGood ? 'unknown' : 'bad';
  if (kind === 'inverted') return 'bad';
  if (kind === 'weak') return 'caution';
  if (cost === null) return kind === 'reliable' ? 'good' : 'caution';
  if (!cost.shown) return kind === 'reliable' && !cost.open ? 'good' : 'caution';
  return cost.auroc.kind === 'loss' && !repaired(repair) ? 'bad' : 'caution';
}

/** What the study says of one category, so that somebody can act on it. */
import type { LadderResult } from '../../result/ladder.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import { type Change, describeChange } from '../wording/describeChange.ts';
import { describeRecovery, type RecoveryWords } from '../wording/describeRecovery.ts';
import { describeSeparation, RELIABLE, type Separation } from '../wording/describeSeparation.ts';
import { counted } from '../wording/listed.ts';
import { shareWithInterval } from '../wording/withInterval.ts';
import { flaggedNormals, foundAnomalies } from './judgedShares.ts';
import { methodsOf, scenarioOf } from './scenarioOf.ts';
import { type SufficientPictures, sufficientPictures } from './sufficientPictures.ts';
import { testedDifference, verdictWords } from './testedDifference.ts';

export type Tone = 'good' | 'caution' | 'bad' | 'unknown';

export interface CategoryAnswer {
  readonly category: string;
  readonly tone: Tone;
  /** A few short sentences: clean detection, what the shift costs, what repairs it, what to do. */
  readonly text: string;
}

/** Losses that an interval leaves open from here on call for caution. */
const OPEN_LOSS = 0.05;

/** Null where the category has no clean scenario to start from. */
export function categoryAnswer(result: StudyResult, category: string): CategoryAnswer | null {
  const clean = bestClean(result, category);
  if (clean === null) return null;
  const { method } = clean;
  const none = scenarioOf(result, 'shift-none', category, method);
  const full = scenarioOf(result, 'shift-full', category, method);
  const threshold = scenarioOf(result, 'shift-threshold', category, method);
  const ladder = result.experiments.adaptation_ladder?.find(
    (own) => own.category === category && own.method === method,
  );
  const separation = describeSeparation(clean.metrics.image_auroc ?? { value: null });
  const cost = none === undefined ? null : costOf(none);
  const repair = repairOf(full, ladder);
  const sentences = [
    cleanSentence(result, clean, separation),
    none === undefined || cost === null ? null : costSentence(result, none, cost),
    cost?.shown === true ? repairSentence(threshold, repair) : null,
    actionSentence(separation, cost, repair),
  ];
  return {
    category,
    tone: toneOf(separation, clean, cost, repair),
    text: sentences.filter((sentence) => sentence !== null).join(' '),
  };
}

/** The method of the highest AUROC. */
function bestClean(result: StudyResult, category: string): ScenarioResult | null {
  const found = methodsOf(result).flatMap(
    (method) => scenarioOf(result, 'clean', category, method) ?? [],
  );
  const auroc = ({ metrics }: ScenarioResult) => metrics.image_auroc?.value ?? -1;
  return found.sort((a, b) => auroc(b) - auroc(a))[0] ?? null;
}

interface Cost {
  readonly auroc: Change;
  readonly specificity: Change;
  /** Whether the images show that anything is lost. */
  readonly shown: boolean;
  /** Whether a loss that matters is left open. */
  readonly open: boolean;
}

function costOf({ change }: ScenarioResult): Cost {
  const changes = [change?.image_auroc, change?.specificity].map(
    (own) => own ?? { value: null, interval: null },
  );
  const [auroc, specificity] = changes.map((own) => describeChange(own)) as [Change, Change];
  return {
    auroc,
    specificity,
    shown: [auroc, specificity].some(({ kind }) => kind === 'loss'),
    open: changes.some(({ interval }) => interval === null || interval.low <= -OPEN_LOSS),
  };
}

interface Repair {
  readonly full: RecoveryWords | null;
  readonly pictures: SufficientPictures | null;
}

const repairOf = (full: ScenarioResult | undefined, ladder: LadderResult | undefined): Repair => ({
  full: full?.recovery?.image_auroc ? describeRecovery(full.recovery.image_auroc) : null,
  pictures: ladder === undefined ? null : sufficientPictures(ladder, 'image_auroc'),
});

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

const repaired = ({ full, pictures }: Repair): boolean =>
  pictures?.kind === 'enough' || full?.kind === 'most' || full?.kind === 'part' || helps(pictures);

/** Whether some of the loss is shown to be regained, if not enough of it. */
const helps = (pictures: SufficientPictures | null): boolean =>
  pictures?.kind === 'not-shown' && describeRecovery(pictures.recovery).kind === 'part';

function cleanSentence(
  result: StudyResult,
  { category, method, counts: { test } }: ScenarioResult,
  { text }: Separation,
): string {
  const images = `${test.normal} normal and ${counted(test.anomalous, 'anomalous image')}`;
  return `${METHOD_TITLES[method]} ${text} on ${images}${otherMethod(result, category, method)}.`;
}

function otherMethod(result: StudyResult, category: string, method: Method): string {
  return methodsOf(result)
    .filter((other) => other !== method)
    .map((other) => {
      const tested = testedDifference(
        result,
        'image_auroc',
        category,
        { scenario: 'clean', method },
        { scenario: 'clean', method: other },
      );
      if (tested === null) return '';
      if (tested.verdict === 'different') {
        return `, better than ${METHOD_TITLES[other]} (${verdictWords(tested)})`;
      }
      return `; no difference from ${METHOD_TITLES[other]} is shown`;
    })
    .join('');
}

function costSentence(result: StudyResult, none: ScenarioResult, { auroc }: Cost): string {
  const { category, method } = none;
  const tested = testedDifference(
    result,
    'image_auroc',
    category,
    { scenario: 'shift-none', method },
    { scenario: 'clean', method },
  );
  const words = auroc.kind === 'loss' || auroc.kind === 'gain' ? verdictWords(tested) : null;
  const flagged = flaggedNormals(none);
  const alarms =
    flagged === null ? '' : `; at the kept threshold ${flagged} good images raise an alarm`;
  const verdict = words === null ? '' : ` (${words})`;
  return `What the shift costs in AUROC: ${auroc.text}${verdict}${alarms}.`;
}

function repairSentence(threshold: ScenarioResult | undefined, { full, pictures }: Repair): string {
  const told = [
    threshold === undefined ? null : thresholdWords(threshold),
    full === null || full.kind === 'not-computable' ? null : `fitting anew ${full.text}`,
    pictures === null ? null : picturesWords(pictures),
  ].filter((part) => part !== null);
  if (told.length === 0) return 'No adaptation was tried.';
  const text = told.join('; ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function thresholdWords(threshold: ScenarioResult): string | null {
  const [flagged, found] = [flaggedNormals(threshold), foundAnomalies(threshold)];
  if (flagged === null || found === null) return null;
  return `a new threshold alone leaves ${flagged} false alarms and finds ${found} flaws`;
}

function picturesWords(pictures: SufficientPictures): string | null {
  if (pictures.kind === 'not-computable') return null;
  const share = shareWithInterval(pictures.recovery);
  const taken = counted(pictures.pictures, 'good picture');
  return pictures.kind === 'enough'
    ? `${taken} under a new lamp, added to the model, ${pictures.pictures === 1 ? 'regains' : 'regain'} ${share} of what the lamp cost`
    : `up to ${taken} under a new lamp are not shown to be enough (${share} of what the lamp cost is regained)`;
}

function actionSentence({ kind }: Separation, cost: Cost | null, repair: Repair): string {
  if (kind !== 'reliable' && kind !== 'fair') {
    return 'Do not rely on it before more images have been tested.';
  }
  if (cost === null) return 'What a shift costs was not studied.';
  if (!cost.shown) {
    return cost.open
      ? 'No loss is shown, but test more images under the new conditions before relying on that.'
      : 'It can be kept as it is under such a shift.';
  }
  const { full, pictures } = repair;
  if (pictures?.kind === 'enough') {
    return `After a change of light, add ${counted(pictures.pictures, 'good picture')} and set the threshold anew.`;
  }
  if (full?.kind === 'most' || full?.kind === 'part') {
    return 'After such a change, fit it anew on good images taken under it.';
  }
  if (helps(pictures)) {
    return 'After a change of light, adding good pictures repairs a part; test again before relying on it.';
  }
  return cost.auroc.kind === 'loss'
    ? 'Nothing that was tried is shown to repair it: keep the conditions as they are.'
    : 'After such a change, set the threshold anew.';
}

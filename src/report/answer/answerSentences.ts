/** The sentences of a category's answer. */

import { counted } from '../../core/listed.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import type { Separation } from '../wording/describeSeparation.ts';
import { shareWithInterval, withInterval } from '../wording/withInterval.ts';
import { type Cost, helps, type Repair } from './costAndRepair.ts';
import { flaggedNormals, foundAnomalies } from './judgedShares.ts';
import { methodsOf } from './scenarioOf.ts';
import type { SufficientPictures } from './sufficientPictures.ts';
import { type TestedDifference, testedDifference, verdictWords } from './testedDifference.ts';

/** What to do; null for `cost` where no shift was studied. */
export function actionSentence({ kind }: Separation, cost: Cost | null, repair: Repair): string {
  if (kind !== 'reliable' && kind !== 'fair') {
    return 'Test more images before relying on it.';
  }
  if (cost === null) return 'What a shift costs was not studied.';
  if (!cost.shown) {
    return cost.open
      ? 'No loss under the shift is shown; test more images under it before relying on that.'
      : 'The model can be kept as it is under such a shift.';
  }
  const { full, pictures, verdicts } = repair;
  if (pictures?.kind === 'enough') {
    return `After a change of light, add ${counted(pictures.pictures, 'good picture')} to the model and set the threshold anew.`;
  }
  if (full?.kind === 'most' || full?.kind === 'part') {
    return 'After such a shift, fit the model anew on good images taken under it.';
  }
  if (helps(pictures)) {
    return 'After a change of light, add good pictures to the model and test again: they are shown to repair a part.';
  }
  if (verdicts.full !== null) {
    return 'After such a shift, fit the model anew on good images taken under it: verdicts are shown to be better for it.';
  }
  if (verdicts.threshold !== null) {
    return 'After such a shift, set the threshold anew: verdicts are shown to be better for it.';
  }
  return cost.auroc.kind === 'loss'
    ? 'Keep the conditions as they are: nothing that was tried is shown to repair what a shift costs.'
    : 'After such a shift, set the threshold anew.';
}

/** How well the model detects, and whether better than the other method. */
export function cleanSentence(
  result: StudyResult,
  { category, method, counts: { test } }: ScenarioResult,
  { text }: Separation,
): string {
  const images = `${test.normal} normal and ${counted(test.anomalous, 'anomalous image')}`;
  return `On clean images ${METHOD_TITLES[method]} ${text}, tested on ${images}${otherMethod(result, category, method)}.`;
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
        const than = (tested.value ?? 0) > 0 ? 'better' : 'worse';
        return `, ${than} than ${METHOD_TITLES[other]} (${verdictWords(tested)})`;
      }
      return `; no difference from ${METHOD_TITLES[other]} is shown`;
    })
    .join('');
}

export function costSentence(result: StudyResult, none: ScenarioResult, { auroc }: Cost): string {
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
  return `What the shift costs it in AUROC: ${auroc.text}${verdict}${alarms}.`;
}

export function repairSentence(
  threshold: ScenarioResult | undefined,
  { full, pictures, verdicts }: Repair,
): string {
  const told = [
    threshold === undefined ? null : thresholdWords(threshold, verdicts.threshold),
    full === null || full.kind === 'not-computable'
      ? null
      : `fitting anew ${full.text}${betterVerdicts(verdicts.full)}`,
    pictures === null ? null : picturesWords(pictures),
  ].filter((part) => part !== null);
  if (told.length === 0) return 'No adaptation was tried.';
  const text = told.join('; ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Empty where tests show nothing. */
function betterVerdicts(tested: TestedDifference | null): string {
  if (tested === null) return '';
  return `, and raises balanced accuracy by ${withInterval(tested, 2)} (${verdictWords(tested)})`;
}

function thresholdWords(threshold: ScenarioResult, tested: TestedDifference | null): string | null {
  const [flagged, found] = [flaggedNormals(threshold), foundAnomalies(threshold)];
  if (flagged === null || found === null) return null;
  return `a new threshold alone leaves ${flagged} false alarms, finding ${found} flaws${betterVerdicts(tested)}`;
}

function picturesWords(pictures: SufficientPictures): string | null {
  if (pictures.kind === 'not-computable') return null;
  const share = shareWithInterval(pictures.recovery);
  const taken = counted(pictures.pictures, 'picture');
  const verb = pictures.pictures === 1 ? 'regains' : 'regain';
  return `${taken} under a new lamp, joining the model, ${verb} ${share} of what the lamp cost`;
}

/** In words: what the changes cost, from when on, and what becomes of the false alarms. */

import { percent } from '../../../calibration/percent.ts';
import { listed } from '../../../core/listed.ts';
import type {
  Judged,
  Loss,
  RobustnessLevel,
  RobustnessPreset,
} from '../../../result/analysis/robustness.ts';
import type { Estimate } from '../../../result/estimate.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { Method, Thresholds } from '../../../result/scenario.ts';
import { decimals, firstOf, others, percentage } from '../words.ts';
import { verdictOf } from './verdict.ts';

export interface RobustnessWords {
  readonly method: Method;
  readonly images: { readonly normal: number; readonly anomalous: number };
  readonly clean: Judged;
  readonly presets: readonly RobustnessPreset[];
  readonly thresholds: Thresholds;
}

/** Changes told with their numbers; more are counted. */
const MOST_NAMED = 5;

/** @param losses the costliest first */
export function rankingSentence(words: RobustnessWords, losses: readonly Loss[]): string {
  const { method, images, clean, presets } = words;
  const before = clean.metrics.image_auroc!.value;
  if (before === null) return `Not computable: ${clean.notComputable.image_auroc}.`;
  const level = lastLevel(presets[0]!).level;
  const count = images.normal + images.anomalous;
  const name = METHOD_TITLES[method];
  const having = (verdict: Loss['verdict']) => losses.filter((loss) => loss.verdict === verdict);
  const costs = having('costs');
  const told = costs.slice(0, MOST_NAMED).map(({ preset, change }) => {
    const after = lastLevel(presets.find((own) => own.preset === preset)!).metrics.image_auroc!;
    return `${preset} ${decimals(-change.value!)} (${decimals(before)} to ${decimals(after.value!)}${intervalWords(change)})`;
  });
  const more = costs.length > told.length ? `, and ${others(costs.length - told.length)} less` : '';
  const gains = namesOf(having('gains'));
  const rest = namesOf(having('not shown'));
  const parts = [
    costs.length === 0
      ? `When ${level}, no change costs ${name} image AUROC that ${count} images could show (${decimals(before)} clean)`
      : `When ${level}, ${costs.length} of ${losses.length} changes cost ${name} image AUROC: ${listed(told)}${more}`,
    ...(gains.length > 0 ? [`${listed(gains)} ${gains.length === 1 ? 'adds' : 'add'} to it`] : []),
    ...(costs.length > 0 && rest.length > 0
      ? [`${firstOf(rest, MOST_NAMED)} nothing that ${count} images could show`]
      : []),
  ];
  return `${parts.join('; ')}. ${chanceWords(losses, count)}`;
}

export function degradationSentence({ method, clean, presets, images }: RobustnessWords): string {
  const before = clean.metrics.image_auroc!.value;
  if (before === null) return `Not computable: ${clean.notComputable.image_auroc}.`;
  const levels = presets[0]!.levels.map(({ level }) => level);
  const costly = levels.map((_, place) =>
    presets.filter(({ levels: own }) => verdictOf(own[place]!.change.image_auroc!) === 'costs'),
  );
  const counted = levels.map((level, place) => {
    const names = namesOf(costly[place]!);
    const which = names.length === 0 ? '' : ` (${firstOf(names, MOST_NAMED)})`;
    return `${names.length} when ${level}${which}`;
  });
  const worst = lowest(presets);
  const least =
    worst === undefined
      ? ''
      : ` The lowest AUROC is ${decimals(worst.auroc)}, under ${worst.preset} when ${worst.level}.`;
  const count = images.normal + images.anomalous;
  return `Of ${presets.length} changes, those that cost ${METHOD_TITLES[method]} image AUROC (${decimals(before)} clean, ${count} images) are ${listed(counted)}.${least}`;
}

export function falseAlarmSentence(words: RobustnessWords): string {
  const { method, images, clean, presets, thresholds } = words;
  const specificity = clean.metrics.normal_only_specificity!.value;
  if (specificity === null) {
    return `Not computable: ${clean.notComputable.normal_only_specificity}.`;
  }
  const levels = presets[0]!.levels.map(({ level }) => level);
  const last = alarmsAt(presets, levels.length - 1);
  const first = alarmsAt(presets, 0).filter(({ verdict }) => verdict === 'costs');
  const more = last.filter(({ verdict }) => verdict === 'costs');
  const aim = percent(thresholds.normalOnly.targetFpr);
  const start = `The threshold from clean normal images aims at ${aim} false alarms; ${METHOD_TITLES[method]} flags ${percentage(1 - specificity)} of ${images.normal} good images as they are`;
  if (more.length === 0) {
    return `${start}, and when ${levels.at(-1)} no change raises that beyond what ${images.normal} images could show.`;
  }
  const rates = [...new Set(more.map(({ rate }) => rate))].slice(0, MOST_NAMED);
  const told = rates.map((rate) => {
    const names = namesOf(more.filter((alarm) => alarm.rate === rate));
    return `${percentage(rate)} under ${firstOf(names, MOST_NAMED)}`;
  });
  const untold = more.filter(({ rate }) => !rates.includes(rate)).length;
  const rest = namesOf(last.filter(({ verdict }) => verdict === 'not shown'));
  const parts = [
    `${start}, and when changes are ${levels.at(-1)} ${told.join(', ')}`,
    ...(untold > 0 ? [`more than clean under ${others(untold)}`] : []),
    ...(rest.length > 0
      ? [`no more that ${images.normal} images could show under ${firstOf(rest, MOST_NAMED)}`]
      : []),
    ...(first.length > 0 && levels.length > 1
      ? [`already when ${levels[0]} more under ${firstOf(namesOf(first), MOST_NAMED)}`]
      : []),
  ];
  return `${parts.join('; ')}.`;
}

/** The most first; equals by name. */
function alarmsAt(presets: readonly RobustnessPreset[], place: number) {
  return presets
    .map(({ preset, levels }) => {
      const { metrics, change } = levels[place]!;
      return {
        preset,
        rate: 1 - metrics.normal_only_specificity!.value!,
        verdict: verdictOf(change.normal_only_specificity!),
      };
    })
    .sort((a, b) => b.rate - a.rate || (a.preset < b.preset ? -1 : 1));
}

const namesOf = (items: readonly { readonly preset: string }[]): string[] =>
  items.map(({ preset }) => preset);

const lastLevel = ({ levels }: RobustnessPreset): RobustnessLevel => levels.at(-1)!;

function lowest(presets: readonly RobustnessPreset[]) {
  const all = presets.flatMap(({ preset, levels }) =>
    levels.flatMap(({ level, metrics }) => {
      const auroc = metrics.image_auroc!.value;
      return auroc === null ? [] : [{ preset, level, auroc }];
    }),
  );
  return all.sort((a, b) => a.auroc - b.auroc)[0];
}

/** Of the loss, which is the change with its sign turned. */
function intervalWords({ interval }: Estimate): string {
  if (interval === null) return '';
  const { low, high, confidence } = interval;
  return `, ${percent(confidence)} interval ${decimals(-high)} to ${decimals(-low)}`;
}

/** What to expect of so many intervals, each of which may be wrong. */
function chanceWords(losses: readonly Loss[], images: number): string {
  const judged = losses.filter(({ verdict }) => verdict !== 'not computable');
  const confidence = judged.find(({ change }) => change.interval !== null)?.change.interval
    ?.confidence;
  if (confidence === undefined) return `With ${images} images no interval could be computed.`;
  const expected = judged.length * (1 - confidence);
  return `Each interval stands for itself: of ${judged.length}, ${expected.toFixed(1)} would leave out zero by chance.`;
}

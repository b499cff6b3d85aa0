/** What a day with a detector brings, for people. */
import { percent } from '../../calibration/percent.ts';
import type { PlantReport, PlantThreshold } from '../../calibration/plant/plantReport.ts';
import type { ProductionLine } from '../../calibration/plant/productionLine.ts';
import type { ThresholdCondition } from '../../result/analysis/thresholds.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import {
  amountText,
  money,
  neededSentence,
  quantity,
} from '../../study/analysis/plant/plantSentence.ts';
import type { PlantAnswer, PlantAnswers } from '../../study/plant/answerPlant.ts';
import type { CommandContext } from '../command.ts';
import { type Cell, textTable } from '../textTable.ts';
import { formatScore } from './formatScore.ts';
import { RULE_NAMES } from './ruleNames.ts';
import { wrapText } from './wrapText.ts';

const CONDITIONS: Readonly<Record<ThresholdCondition, string>> = {
  clean: 'clean images',
  'shift-none': 'shifted images',
  'shift-threshold': 'shifted images, thresholds set anew on them',
};

export function describePlant(
  { line, confidence, answers }: PlantAnswers,
  paint: CommandContext['paint'],
): string {
  const { partsPerDay, defectRate, escapeCost, falseRejectCost } = line;
  const defective = partsPerDay * defectRate;
  const heading =
    `${quantity(partsPerDay)} parts a day, ${percent(defectRate)} of them defective ` +
    `(${quantity(defective)}); an escape costs ${money(escapeCost, line)}, ` +
    `a false reject ${money(falseRejectCost, line)}`;
  return [
    heading,
    ...answers.map((answer) => `\n${describeAnswer(answer, line, confidence, paint)}`),
    ...needed(answers),
  ].join('\n');
}

function describeAnswer(
  { category, method, condition, ownRule, report }: PlantAnswer,
  line: ProductionLine,
  confidence: number,
  paint: CommandContext['paint'],
): string {
  const on = condition === null ? '' : `, ${CONDITIONS[condition]}`;
  const nameOf = (one: PlantThreshold) => ruleName(one, ownRule);
  const rows = report.thresholds.map((one): Cell[] => [
    nameOf(one),
    one.threshold === null ? '-' : formatScore(one.threshold, one.threshold),
    one.escapes === null ? '-' : amountText(one.escapes),
    one.falseRejects === null ? '-' : amountText(one.falseRejects),
    one.cost === null ? '-' : amountText(one.cost, line),
  ]);
  const header = ['threshold', 'score', 'escapes a day', 'false rejects a day', 'cost a day'];
  const notes = [
    judgedOn(report, confidence),
    ...reasons(report, nameOf),
    ...optimum(report, line),
  ];
  return [
    paint('bold', `${category}, ${METHOD_TITLES[method]}${on}`),
    textTable(header, rows),
    ...notes.map((note) => wrapText(note, 0)),
  ].join('\n');
}

function ruleName({ rule, promised }: PlantThreshold, ownRule: PlantAnswer['ownRule']): string {
  const names: Readonly<Record<PlantThreshold['rule'], string>> = {
    own: RULE_NAMES[ownRule],
    promised: 'promised',
    'least-cost': 'least cost',
    'flag-nothing': 'let all pass',
    'flag-everything': 'reject all',
  };
  if (rule !== 'promised' || promised === null) return names[rule];
  return `${percent(promised)} promised`;
}

/** The good images still needed, once for all categories where they are as many. */
function needed(answers: readonly PlantAnswer[]): string[] {
  const sentences = new Map<string, Set<string>>();
  for (const { category, report } of answers) {
    const sentence = neededSentence(report.imagesNeeded);
    sentences.set(sentence, (sentences.get(sentence) ?? new Set()).add(category));
  }
  return [...sentences].map(([sentence, categories]) => {
    const whose = sentences.size > 1 ? `${[...categories].join(', ')}: ` : '';
    return `\n${wrapText(whose + sentence, 0)}`;
  });
}

function judgedOn({ judgedOn: on, images }: PlantReport, confidence: number): string {
  const { test, validation } = images;
  const counts = on === 'test images' ? test : validation;
  const many = counts === null ? '' : `${counts.anomalous} defective and ${counts.normal} good `;
  return `Counted on ${many}${on}; ranges hold with ${percent(confidence)} confidence.`;
}

function reasons(
  { thresholds }: PlantReport,
  nameOf: (threshold: PlantThreshold) => string,
): string[] {
  const unknown = [...new Set(thresholds.flatMap(({ reason }) => reason ?? []))];
  return unknown.map((reason) => {
    const own = thresholds.filter((one) => one.reason === reason);
    return `${own.map(nameOf).join(' and ')}: ${reason}.`;
  });
}

function optimum({ leastCost, judgedOn: on }: PlantReport, line: ProductionLine): string[] {
  if (leastCost === null) return [];
  const { threshold, validationCost, ties, within10Percent } = leastCost;
  const { low, high, testCost } = within10Percent;
  const score = (value: number) => formatScore(value, threshold);
  const equal = ties === 0 ? '' : `, as little as at ${ties} other${ties === 1 ? '' : 's'}`;
  const chosen = `The least cost was chosen on validation images, where it is ${money(validationCost, line)}${equal}`;
  if (low === high) return [`${chosen}; the thresholds next to it cost over a tenth more.`];
  const inTest =
    testCost === null || on !== 'test images'
      ? ''
      : `; on test images those two cost ${money(testCost.low, line)} and ${money(testCost.high, line)}`;
  return [
    `${chosen}; thresholds from ${score(low)} to ${score(high)} cost at most a tenth more${inTest}.`,
  ];
}

/** What a day with a detector brings, in words. */
import { percent } from '../../../calibration/percent.ts';
import type { Amount } from '../../../calibration/plant/expectedDay.ts';
import type { ImagesStillNeeded } from '../../../calibration/plant/imagesStillNeeded.ts';
import type { PlantReport, PlantThreshold } from '../../../calibration/plant/plantReport.ts';
import type { ProductionLine } from '../../../calibration/plant/productionLine.ts';

export function plantSentence(report: PlantReport, line: ProductionLine): string {
  const { partsPerDay, defectRate } = line;
  const own = report.thresholds.find(({ rule }) => rule === 'own')!;
  return [
    `Of ${quantity(partsPerDay)} parts a day, ${percent(defectRate)} of them defective, the model's ` +
      `own threshold lets ${daySentence(own, line)}.`,
    ...leastCostSentences(report, line),
    withoutDetector(report, line),
    neededSentence(report.imagesNeeded),
  ].join(' ');
}

function leastCostSentences(
  { thresholds, leastCost }: PlantReport,
  line: ProductionLine,
): string[] {
  const cheapest = thresholds.find(({ rule }) => rule === 'least-cost')!;
  if (leastCost === null) return [`There is no threshold of least cost: ${cheapest.reason}.`];
  const { threshold, within10Percent, validationCost } = leastCost;
  const score = (value: number) => value.toPrecision(4);
  const { low, high } = within10Percent;
  return [
    `The threshold of least cost (${score(threshold)}) lets ${daySentence(cheapest, line)}.`,
    `On the validation images it was chosen on it costs ${money(validationCost, line)}, and ` +
      (low === high
        ? 'the thresholds next to it over a tenth more.'
        : `thresholds from ${score(low)} to ${score(high)} at most a tenth more.`),
  ];
}

function withoutDetector({ thresholds }: PlantReport, line: ProductionLine): string {
  const costOf = (wanted: string) => thresholds.find(({ rule }) => rule === wanted)!.cost!.value;
  const [nothing, everything] = [costOf('flag-nothing'), costOf('flag-everything')];
  return nothing <= everything
    ? `To let all parts pass costs ${money(nothing, line)}.`
    : `To reject all parts costs ${money(everything, line)}.`;
}

function daySentence(
  { escapes, falseRejects, cost, reason }: PlantThreshold,
  line: ProductionLine,
): string {
  const many = (amount: Amount | null) =>
    amount === null ? 'an unknown number' : amountText(amount);
  const priced = cost === null ? ` (${reason})` : `, at a cost of ${amountText(cost, line)}`;
  return `${many(escapes)} escape and rejects ${many(falseRejects)} of the good ones${priced}`;
}

/** How many good images a promise still takes. */
export function neededSentence({
  promisedFpr,
  have,
  onAverage,
  withConfidence,
}: ImagesStillNeeded): string {
  const more = (count: number) => (count === 0 ? 'no more' : `${count} more`);
  return (
    `To promise at most ${percent(promisedFpr)} of good parts rejected takes ${more(onAverage.more)} ` +
    `good images than the ${have} there are, and ${more(withConfidence.more)} to promise it with ` +
    `${percent(withConfidence.confidence)} confidence.`
  );
}

/** `4.4 (1.5 to 9.6)`; money where a line is given. */
export function amountText({ value, interval }: Amount, line?: ProductionLine): string {
  const text = (own: number) => (line === undefined ? quantity(own) : money(own, line));
  if (interval === null) return text(value);
  return `${text(value)} (${quantity(interval.low)} to ${quantity(interval.high)})`;
}

export const money = (value: number, { currency }: Pick<ProductionLine, 'currency'>): string =>
  currency === null ? quantity(value) : `${currency} ${quantity(value)}`;

/** Two digits and thousands: `0.037`, `4.4`, `998`, `20,000`. */
export function quantity(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toFixed(Math.min(digits, 20)));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 20 });
}

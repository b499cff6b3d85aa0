/** Where both methods fail, and whether they do so more often than independent ones would. */
import type { SharedMistakes, ThresholdKind } from '../../../result/analysis/errors.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { fisherExact } from '../../../stats/fisherExact.ts';
import type { ErrorInput } from './errorInput.ts';
import { pText } from './errorWords.ts';
import { marginsOf } from './margins.ts';

type Shared = SharedMistakes['chart']['data']['missed'][number];

/** @param input of two methods */
export function sharedMistakes(input: ErrorInput, kind: ThresholdKind): SharedMistakes {
  const { category, scenario, images, methods, confidence } = input;
  const judged = methods.map((scored) => {
    const { threshold, margins } = marginsOf(scored, kind);
    return { ...scored, margins, flagged: scored.scores.map((score) => score > threshold) };
  });
  const places = images.map((_, place) => place);
  const defective = places.filter((place) => images[place]!.label === 'anomalous');
  const good = places.filter((place) => images[place]!.label === 'normal');
  const marginsAt = (place: number) => judged.map(({ margins }) => margins[place]!);
  const shared = (place: number): Shared => {
    const { id, defectType } = images[place]!;
    const entries = judged.map(({ method, margins }) => [method, margins[place]!] as const);
    return { id, defectType, margins: Object.fromEntries(entries) };
  };
  const missedBy = judged.map(({ flagged }) => defective.filter((place) => !flagged[place]));
  const missed = defective.filter((place) => judged.every(({ flagged }) => !flagged[place]));
  const flagged = good.filter((place) => judged.every((one) => one.flagged[place]));
  const only = missedBy.map((own) => own.length - missed.length);
  const neither = defective.length - missed.length - only[0]! - only[1]!;
  const { pValue } = fisherExact([
    [missed.length, only[0]!],
    [only[1]!, neither],
  ]);
  const names = methods.map(({ method }) => METHOD_TITLES[method]);
  const reason = pValue === null ? untestable(names, missedBy, defective.length) : null;
  const each = names.map((name, i) => `${name} ${missedBy[i]!.length}`).join(', ');
  return {
    kind,
    chart: {
      title: `Where both methods fail: ${category}, ${scenario}, ${kind} threshold`,
      sentence:
        `Both miss ${missed.length} of ${defective.length} defective images (${each}) and both flag ${flagged.length} of ${good.length} good ones. ` +
        independence(pValue, reason, confidence),
      data: {
        missed: missed.sort((a, b) => depth(marginsAt(b)) - depth(marginsAt(a))).map(shared),
        flagged: flagged.sort((a, b) => depth(marginsAt(b)) - depth(marginsAt(a))).map(shared),
        counts: {
          both: missed.length,
          one: Object.fromEntries(methods.map(({ method }, i) => [method, only[i]!])),
          neither,
        },
      },
    },
    test: { pValue, reason },
  };
}

/** Of the better method's mistake; images without margins keep their order. */
const depth = (margins: readonly (number | null)[]): number =>
  Math.min(...margins.map((margin) => Math.abs(margin ?? 0)));

function untestable(
  names: readonly string[],
  missedBy: readonly (readonly number[])[],
  defective: number,
): string {
  if (defective === 0) return 'not computable: no defective test images';
  const none = missedBy.findIndex(({ length }) => length === 0);
  if (none >= 0) return `not computable: ${names[none]} misses none`;
  return `not computable: ${names[missedBy.findIndex(({ length }) => length === defective)]} finds none`;
}

function independence(pValue: number | null, reason: string | null, confidence: number): string {
  if (pValue === null) return `Whether their misses are related is ${reason}.`;
  return pValue <= 1 - confidence
    ? `Their misses are related more than chance explains (Fisher's exact test, ${pText(pValue)}).`
    : `No relation of their misses is shown (Fisher's exact test, ${pText(pValue)}).`;
}

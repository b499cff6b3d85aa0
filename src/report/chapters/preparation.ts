/** Chapter 02: what is learnt from, what sets thresholds, and what is measured on. */

import { counted, listed } from '../../core/listed.ts';
import type { Block, Chapter } from '../report.ts';
import { numberAt } from '../settingAt.ts';
import type { ChapterInput } from './chapterInput.ts';
import { calibrationTable } from './preparation/calibrationTable.ts';
import { type CategorySplit, categorySplits, imagesIn } from './preparation/categorySplits.ts';
import { preprocessingSentences } from './preparation/preprocessing.ts';
import { splitPlot } from './preparation/splitPlot.ts';
import { splitTable } from './preparation/splitTable.ts';

export function preparation({ result }: ChapterInput): Chapter | null {
  const splits = categorySplits(result);
  if (splits.length === 0) return null;
  const calibration = calibrationTable(result);
  const limitations = result.categories.flatMap((category) => category.limitations);
  const blocks: Block[] = [
    { kind: 'plot', plot: splitPlot(splits, leastTested(splits)) },
    { kind: 'table', table: splitTable(splits) },
    { kind: 'prose', text: splitSentences(result) },
    { kind: 'heading', text: 'Before the network sees them' },
    ...preprocessingSentences(result).map((text) => ({ kind: 'prose' as const, text })),
    { kind: 'heading', text: 'What thresholds are set on' },
    {
      kind: 'prose',
      text: 'Thresholds come from validation images alone, which were held out of the fit; no test image has a say in them. Under the shift, validation images are shifted as well where a scenario sets its threshold anew.',
    },
    ...(calibration === null ? [] : [{ kind: 'table' as const, table: calibration }]),
  ];
  if (limitations.length > 0) {
    blocks.push({ kind: 'heading', text: 'Limitations' });
    for (const text of limitations) blocks.push({ kind: 'prose', tone: 'note', text });
  }
  return {
    id: 'preparation',
    number: '02',
    title: 'Splits and preparation',
    lead: leadOf(splits),
    blocks,
  };
}

function leadOf(splits: readonly CategorySplit[]): string {
  const sum = (part: Parameters<typeof imagesIn>[1], label: Parameters<typeof imagesIn>[2]) =>
    splits.reduce((total, split) => total + imagesIn(split, part, label), 0);
  return `Models learn from ${counted(sum('train', 'normal'), 'good image')}; thresholds are set on ${sum('val', 'normal')} good and ${sum('val', 'anomalous')} defective ones; everything is measured on ${sum('test', 'normal')} good and ${sum('test', 'anomalous')} defective ones that neither has seen.`;
}

function leastTested(splits: readonly CategorySplit[]): string {
  const least = splits.reduce((smallest, own) =>
    imagesIn(own, 'test') < imagesIn(smallest, 'test') ? own : smallest,
  );
  const tested = `${imagesIn(least, 'test', 'normal')} good and ${imagesIn(least, 'test', 'anomalous')} defective`;
  if (splits.length === 1) return `${least.name} is tested on ${tested} images.`;
  const same = splits.every(
    (own) =>
      imagesIn(own, 'test', 'normal') === imagesIn(least, 'test', 'normal') &&
      imagesIn(own, 'test') === imagesIn(least, 'test'),
  );
  return same
    ? `Every category is tested on ${tested} images.`
    : `The fewest test images has ${least.name}: ${tested}. Intervals are widest there, all else being equal.`;
}

function splitSentences(result: ChapterInput['result']): string {
  const validation = numberAt(result, 'split.validation');
  const anomalous = numberAt(result, 'split.anomalousValidation');
  const shares = [
    ...(validation === undefined ? [] : [`${validation * 100}% of the good training images`]),
    ...(anomalous === undefined
      ? []
      : [`about ${anomalous * 100}% of the defective images of every type`]),
  ];
  const drawn =
    shares.length === 0
      ? ''
      : `Held out for validation are ${listed(shares)}, drawn at random with seed ${result.seed}. `;
  return `${drawn}The lists are kept with the hash of every image: an image that changed, or the same picture in two parts, stops the study. Nothing is weighted, repeated or augmented: both methods learn from good images alone, so that there are no classes to balance, and the share of defects matters only where thresholds are set and judged.`;
}

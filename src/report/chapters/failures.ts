/** Chapter 11: mistakes, what they have in common, and what distances are made of. */
import type { ErrorsResult } from '../../result/analysis/errors.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import { METHODS } from '../../result/scenario.ts';
import type { Chapter } from '../report.ts';
import { categoryTabs, ofCategory } from './categoryTabs.ts';
import type { ChapterInput } from './chapterInput.ts';
import { explanationBlocks } from './explanations/explanationBlocks.ts';
import { mistakeBlocks } from './mistakes/mistakeBlocks.ts';
import { titled } from './titled.ts';

export function failures({ result, pictures }: ChapterInput): Chapter | null {
  const { errors = [], interpretability = [] } = result.analysis;
  const mistakes = categoryTabs(result, (category, place) =>
    ofCategory(errors, category).flatMap((part) => mistakeBlocks(part, pictures, place)),
  );
  const explained = categoryTabs(result, (category, place) =>
    explanationBlocks(ofCategory(interpretability, category), pictures, place),
  );
  if (mistakes.length + explained.length === 0) return null;
  return {
    id: 'failures',
    number: '11',
    title: 'Where the methods fail, and why',
    lead: leadOf(errors),
    blocks: [...titled('Mistakes', mistakes), ...titled('What distances are made of', explained)],
  };
}

/** All categories together, clean images at the chosen thresholds. */
function leadOf(errors: readonly ErrorsResult[]): string {
  const verdicts = errors.flatMap(({ conditions }) =>
    conditions
      .filter(({ scenario }) => scenario === 'clean')
      .flatMap(({ judgements }) => judgements.filter(({ kind }) => kind === 'chosen')),
  );
  const said = METHODS.flatMap((method) => {
    const own = verdicts
      .filter((one) => one.method === method)
      .flatMap(({ confusion }) => confusion.data);
    if (own.length === 0) return [];
    const sum = (label: string, key: 'images' | 'flagged') =>
      own.reduce((all, one) => all + (one.label === label ? one[key] : 0), 0);
    const missed = sum('anomalous', 'images') - sum('anomalous', 'flagged');
    return [
      `${METHOD_TITLES[method]} misses ${missed} of ${sum('anomalous', 'images')} defective images and flags ${sum('normal', 'flagged')} of ${sum('normal', 'images')} good ones`,
    ];
  });
  if (said.length === 0) return 'Which patches, layers and channels large distances come from.';
  return `On clean images, at the chosen thresholds, ${said.join('; ')}.`;
}

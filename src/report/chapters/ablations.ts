/** Chapter 10: what each choice is worth, and which changes of conditions cost what. */

import { counted, listed } from '../../core/listed.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Chapter } from '../report.ts';
import { categoryTabs, ofCategory } from './categoryTabs.ts';
import type { ChapterInput } from './chapterInput.ts';
import { choiceBlocks } from './choices/choiceBlocks.ts';
import { conditionBlocks } from './conditions/conditionBlocks.ts';
import { titled } from './titled.ts';

export function ablations({ result }: ChapterInput): Chapter | null {
  const { ablation = [], robustness = [] } = result.analysis;
  const choices = categoryTabs(result, (category, place) =>
    choiceBlocks(ofCategory(ablation, category), place, testImages(result, category)),
  );
  const conditions = categoryTabs(result, (category, place) =>
    conditionBlocks(ofCategory(robustness, category), place),
  );
  if (choices.length + conditions.length === 0) return null;
  const factors = new Set(ablation.flatMap((part) => part.factors.map(({ factor }) => factor)));
  const presets = new Set(robustness.flatMap((part) => part.presets.map(({ preset }) => preset)));
  const tried = [
    ...(factors.size > 0 ? [`${counted(factors.size, 'choice')} of the methods`] : []),
    ...(presets.size > 0 ? [`${counted(presets.size, 'change')} of imaging conditions`] : []),
  ];
  return {
    id: 'ablations',
    number: '10',
    title: 'What choices and conditions are worth',
    lead: `One thing is changed at a time, all else stays as in the study: ${listed(tried)}. Differences are on the same test images; an interval that holds 0 shows none.`,
    blocks: [...titled('Choices of the methods', choices), ...titled('Conditions', conditions)],
  };
}

function testImages({ experiments }: StudyResult, category: string): number | null {
  const scenario = experiments.clean?.find((one) => one.category === category);
  return scenario === undefined ? null : scenario.images.length;
}

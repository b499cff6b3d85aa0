/** Chapter 01: the images there are, before anything is learnt from them. */

import { counted, listed } from '../../core/listed.ts';
import type { Block, Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';
import { type CategoryImages, categoryImages, imagesOf } from './images/categoryImages.ts';
import { dataLimitations } from './images/dataLimitations.ts';
import { exampleTabs } from './images/examplePictures.ts';
import { brightnessPlot, contrastPlot } from './images/exposurePlots.ts';
import { imagesTable } from './images/imagesTable.ts';
import { defectTypesPlot, maskAreaPlot } from './images/maskPlots.ts';

export function dataExploration({ result, pictures }: ChapterInput): Chapter | null {
  const categories = result.categories.map(categoryImages);
  if (categories.length === 0) return null;
  const limitations = dataLimitations(categories);
  const charts = [
    defectTypesPlot(categories),
    brightnessPlot(categories),
    contrastPlot(categories),
    maskAreaPlot(categories),
  ];
  const blocks: Block[] = [
    { kind: 'table', table: imagesTable(categories) },
    ...exampleTabs(categories, pictures),
    ...charts.flatMap((plot) => (plot === null ? [] : [{ kind: 'plot' as const, plot }])),
  ];
  if (limitations.length > 0) {
    blocks.push({ kind: 'heading', text: 'What the images leave open' });
    for (const text of limitations) blocks.push({ kind: 'prose', tone: 'note', text });
  }
  return {
    id: 'data-exploration',
    number: '01',
    title: 'The images',
    lead: leadOf(categories),
    blocks,
  };
}

function leadOf(categories: readonly CategoryImages[]): string {
  const sum = (wanted: Parameters<typeof imagesOf>[1]) =>
    categories.reduce((total, category) => total + imagesOf(category, wanted), 0);
  const [training, good, defective] = [
    sum({ phase: 'train' }),
    sum({ phase: 'test', label: 'normal' }),
    sum({ phase: 'test', label: 'anomalous' }),
  ];
  const types = categories.reduce((total, { defectTypes }) => total + defectTypes.length, 0);
  const whole = training + good + defective;
  const names = listed(categories.map(({ name }) => name));
  return `${counted(whole, 'image')} of ${names}: ${training} good ones to learn from, ${good} good and ${defective} defective ones (${counted(types, 'type')} of defect) to validate and test on. ${maskSentence(categories, defective)}`;
}

function maskSentence(categories: readonly CategoryImages[], defective: number): string {
  if (categories.some(({ explored }) => explored === null)) {
    return 'How bright they are and which defects have masks was not explored in this run.';
  }
  if (defective === 0) return 'Without defective images, detection cannot be measured.';
  const masks = categories
    .flatMap(({ explored }) => explored!.classes)
    .reduce((total, own) => total + (own.masks?.present ?? 0), 0);
  return masks === defective
    ? 'Every defective image has a mask of its defect.'
    : `${masks} of the ${defective} defective images have a mask of their defect; where a defect lies is unknown in the others.`;
}

/** Between chapters 11 and 12: thresholds and their promises, cost, changed conditions. */
import type { Block, Chapter } from '../report.ts';
import { categoryTabs, ofCategory } from './categoryTabs.ts';
import type { ChapterInput } from './chapterInput.ts';
import { costBlocks } from './operation/costBlocks.ts';
import { driftBlocks } from './operation/driftBlocks.ts';
import { promiseBlocks } from './operation/promiseBlocks.ts';

export function operation({ result }: ChapterInput): Chapter | null {
  const { thresholds = [], plant = [], drift = [] } = result.analysis;
  const sections: readonly (readonly [title: string, blocks: readonly Block[]])[] = [
    [
      'Thresholds: promised and realised',
      categoryTabs(result, (category, place) =>
        promiseBlocks(ofCategory(thresholds, category), place),
      ),
    ],
    [
      'A day on the line',
      categoryTabs(result, (category, place) => costBlocks(ofCategory(plant, category), place)),
    ],
    [
      'Noticing changed conditions',
      categoryTabs(result, (category, place) =>
        ofCategory(drift, category).flatMap((part) => driftBlocks(part, place)),
      ),
    ],
  ];
  const told = sections.filter(([, blocks]) => blocks.length > 0);
  if (told.length === 0) return null;
  return {
    id: 'operation',
    number: null,
    title: 'In use: thresholds, costs, drift',
    lead: 'What a threshold promises on normal images and what comes of it, what that costs on a line, and how soon changed imaging conditions are noticed.',
    blocks: told.flatMap(([text, blocks]) => [{ kind: 'heading', text } as const, ...blocks]),
  };
}

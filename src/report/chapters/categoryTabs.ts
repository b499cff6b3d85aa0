/** The same content for each category that there is any of. */
import type { StudyResult } from '../../result/result.ts';
import type { Block } from '../report.ts';

/** @param place of the category, for ids: names may be anything */
export function categoryTabs(
  { categories }: StudyResult,
  blocksOf: (category: string, place: number) => readonly Block[],
): Block[] {
  const tabs = categories
    .map(({ name }, place) => ({ title: name, blocks: blocksOf(name, place) }))
    .filter(({ blocks }) => blocks.length > 0);
  return tabs.length === 0 ? [] : [{ kind: 'tabs', label: 'Category', tabs }];
}

/** Of each method's part of the analysis: what it found of this category. */
export const ofCategory = <T extends { readonly category: string }>(
  parts: readonly T[] | undefined,
  category: string,
): T[] => (parts ?? []).filter((part) => part.category === category);

/** Sentences one after the other, each once. */
export const together = (sentences: readonly string[]): string => [...new Set(sentences)].join(' ');

/** Reasons have no full stop of their own. */
export const sentenceOf = (reason: string): string =>
  reason.endsWith('.') ? reason : `${reason}.`;

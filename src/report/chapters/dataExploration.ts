/** Chapter 01: the images there are, before anything is learnt from them. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function dataExploration(_input: ChapterInput): Chapter | null {
  return null;
}

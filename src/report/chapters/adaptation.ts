/** Chapter 08: the shift met with a new threshold, a new fit, and K pictures (the ladder). */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function adaptation(_input: ChapterInput): Chapter | null {
  return null;
}

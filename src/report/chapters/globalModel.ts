/** Chapter 09: one model for all categories. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function globalModel(_input: ChapterInput): Chapter | null {
  return null;
}

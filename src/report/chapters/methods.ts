/** Chapter 13: methods, settings, and how to get the same numbers again. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function methods(_input: ChapterInput): Chapter | null {
  return null;
}

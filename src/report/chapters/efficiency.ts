/** Chapter 12: time, memory and size. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function efficiency(_input: ChapterInput): Chapter | null {
  return null;
}

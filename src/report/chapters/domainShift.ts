/** Chapter 03: what the shift does to images. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function domainShift(_input: ChapterInput): Chapter | null {
  return null;
}

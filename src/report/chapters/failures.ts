/** Chapter 11: mistakes, and what they have in common. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function failures(_input: ChapterInput): Chapter | null {
  return null;
}

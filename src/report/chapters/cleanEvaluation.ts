/** Chapter 06: the methods side by side on clean images. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function cleanEvaluation(_input: ChapterInput): Chapter | null {
  return null;
}

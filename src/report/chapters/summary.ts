/** The answer, before the chapters: a verdict for each category, what the shift costs, what repairs it. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function summary(_input: ChapterInput): Chapter | null {
  return null;
}

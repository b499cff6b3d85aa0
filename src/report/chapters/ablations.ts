/** Chapter 10: what each choice is worth, and which changes of conditions cost what. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function ablations(_input: ChapterInput): Chapter | null {
  return null;
}

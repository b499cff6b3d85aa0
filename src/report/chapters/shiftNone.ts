/** Chapter 07: the shift met without any adaptation. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function shiftNone(_input: ChapterInput): Chapter | null {
  return null;
}

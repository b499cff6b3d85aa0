/** Chapter 02: how images are prepared, and which are learnt from, set aside and tested on. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function preparation(_input: ChapterInput): Chapter | null {
  return null;
}

/** Chapters 04 and 05: one method on clean images. Null where the study did not run it. */
import type { Method } from '../../result/scenario.ts';
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function cleanMethod(_input: ChapterInput, _method: Method): Chapter | null {
  return null;
}

/** Between chapters 11 and 12: thresholds and their promises, cost, changed conditions. */
import type { Chapter } from '../report.ts';
import type { ChapterInput } from './chapterInput.ts';

export function operation(_input: ChapterInput): Chapter | null {
  return null;
}

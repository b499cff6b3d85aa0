/** What a chapter is written from. */
import type { PictureIndex } from '../../result/pictures.ts';
import type { StudyResult } from '../../result/result.ts';

export interface ChapterInput {
  readonly result: StudyResult;
  /** Without entries where the run has no pictures. */
  readonly pictures: PictureIndex;
}

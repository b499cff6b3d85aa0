/** How each kind of job is told what to do with one category. */
import { fitJobs } from './fitJobs.ts';
import { imageJobs } from './imageJobs.ts';
import { judgingJobs } from './judgingJobs.ts';
import { ladderJobs } from './ladderJobs.ts';
import type { StudyCategory, StudyInput } from './studyInput.ts';

export type CategoryJobs = ReturnType<typeof categoryJobs>;

export const categoryJobs = (input: StudyInput, category: StudyCategory) => ({
  ...imageJobs(input, category),
  ...fitJobs(input, category),
  ...judgingJobs(input, category),
  ...ladderJobs(input, category),
});

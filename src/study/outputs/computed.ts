/** A job of a study with the artifact that it has left. */
import type { Artifact } from '../../pipeline/artifact.ts';
import type { Job } from '../../pipeline/job.ts';

export interface Computed {
  readonly job: Job;
  readonly artifact: Artifact;
}

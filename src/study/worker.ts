/** The process that works on jobs for a study; started by the process executor. */
import { serveJobs } from '../pipeline/serveJobs.ts';
import { STUDY_KINDS } from './registry.ts';

serveJobs(STUDY_KINDS);

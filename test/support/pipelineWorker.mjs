/** The worker process of `pipelineRun.mjs`. */
import { serveJobs } from '../../dist/pipeline/serveJobs.js';
import { REGISTRY } from './pipelinePlan.mjs';

serveJobs(REGISTRY);

/** The worker process of `pipelineRun.mjs`. */
import { serveJobs } from '../../dist/pipeline/processExecutor.js';
import { REGISTRY } from './pipelinePlan.mjs';

serveJobs(REGISTRY);

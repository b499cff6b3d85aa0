/**
 * Runs a small plan as a process: `node pipelineRun.mjs CACHE LOG EXECUTOR [LIMIT]`. Each job that
 * is begun adds a line with its id and process to the log; the artifacts of the targets are printed
 * at the end. The executor is `inline` or a number of worker processes.
 */
import { inlineExecutor } from '../../dist/pipeline/inlineExecutor.js';
import { openCache } from '../../dist/pipeline/openCache.js';
import { processExecutor } from '../../dist/pipeline/processExecutor.js';
import { runJobs } from '../../dist/pipeline/runJobs.js';
import { planJobsOf, REGISTRY } from './pipelinePlan.mjs';

const [folder, log, executorName, limit] = process.argv.slice(2);
const entry = new URL('./pipelineWorker.mjs', import.meta.url);
const executor =
  executorName === 'inline'
    ? inlineExecutor(REGISTRY)
    : processExecutor({ entry, workers: Number(executorName) });
const limitBytes = limit === undefined ? undefined : Number(limit);

const cache = await openCache(folder, limitBytes === undefined ? {} : { limitBytes });
const artifacts = await runJobs(planJobsOf(log), REGISTRY, cache, {
  name: 'fault test',
  executor,
});
process.stdout.write(JSON.stringify([...artifacts.values()]));

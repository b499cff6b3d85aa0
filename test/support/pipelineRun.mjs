/**
 * Runs a small plan as a process, `node pipelineRun.mjs SETTINGS`, and prints the artifacts of its
 * jobs. SETTINGS is JSON: the cache's `folder`, the `log` to which each job adds its name and
 * process when it is begun, the `executor` ("inline" or a number of worker processes), the `kind`
 * of its jobs, and `limitBytes` of the cache if it has a limit.
 */
import { inlineExecutor } from '../../dist/pipeline/inlineExecutor.js';
import { openCache } from '../../dist/pipeline/openCache.js';
import { processExecutor } from '../../dist/pipeline/processExecutor.js';
import { runJobs } from '../../dist/pipeline/runJobs.js';
import { planOf, REGISTRY, WORKER } from './pipelinePlan.mjs';

const { folder, log, executor: name, kind, limitBytes } = JSON.parse(process.argv[2]);
const executor =
  name === 'inline'
    ? inlineExecutor(REGISTRY)
    : processExecutor({ entry: WORKER, workers: Number(name) });

const cache = await openCache(folder, limitBytes === undefined ? {} : { limitBytes });
const artifacts = await runJobs(planOf(kind, log), REGISTRY, cache, {
  name: 'fault test',
  executor,
});
// It ends without having closed anything.
process.stdout.write(JSON.stringify([...artifacts.values()]));

/**
 * A worker of the small plan of `pipelinePlan.mjs` as a process: `node queueWorker.mjs SETTINGS`,
 * JSON with what `runWorker` is told. Says each event as a line of JSON.
 */
import { runWorker } from '../../dist/queue/runWorker.js';
import { REGISTRY, WORKER } from './pipelinePlan.mjs';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stop.abort(new Error(name)));
const settings = JSON.parse(process.argv[2]);
await runWorker(
  {
    registry: REGISTRY,
    entry: WORKER,
    onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
    ...settings,
  },
  stop.signal,
);
process.exit();

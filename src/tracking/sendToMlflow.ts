/** A run into MLflow, through its REST API 2.0 (https://mlflow.org/docs/latest/rest-api.html). */
import { z } from 'zod';
import { environmentError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import {
  type Answer,
  type MlflowApi,
  type MlflowConnection,
  mlflowApi,
  type Refusal,
  SAFE,
} from './mlflowApi.ts';
import { mlflowBatches } from './mlflowBatches.ts';
import type { TrackedRun } from './trackedRun.ts';

export interface MlflowTarget {
  readonly url: string;
  /** Its name; made where there is none. */
  readonly experiment: string;
}

const STEP = 'sending to MLflow';

/**
 * Makes a run with the parameters and metrics: `FINISHED` once all are there, `FAILED` if not, and
 * `KILLED` where the signal was aborted.
 * Credentials come from the environment, as for MLflow's Python client.
 * @throws FlawmapError (environment) saying what the server answered
 */
export async function sendToMlflow(
  { url, experiment }: MlflowTarget,
  run: TrackedRun,
  { onProgress, signal }: RunControl = {},
  connection: Omit<MlflowConnection, 'signal'> = {},
): Promise<void> {
  const api = mlflowApi(url, { ...connection, signal });
  const batches = mlflowBatches(run);
  onProgress?.({ step: STEP, done: 0, total: batches.length });
  const runId = await createRun(api, await findExperiment(api, experiment), run);
  try {
    for (const [i, batch] of batches.entries()) {
      accepted(api, await api.post('runs/log-batch', { run_id: runId, ...batch }));
      onProgress?.({ step: STEP, done: i + 1, total: batches.length });
    }
    await endRun(api, runId, 'FINISHED', run);
  } catch (error) {
    // Without the signal, which may be what has ended it; the first failure is the one to tell.
    const last = mlflowApi(url, { ...connection, attempts: 1, patience: 5_000 });
    await endRun(last, runId, signal?.aborted ? 'KILLED' : 'FAILED', run).catch(() => {});
    throw error;
  }
}

const foundSchema = z.object({
  experiment: z.object({
    experiment_id: z.string(),
    lifecycle_stage: z.string().default('active'),
  }),
});
const madeSchema = z.object({ experiment_id: z.string() });
const runSchema = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) });

/** @returns its id */
async function findExperiment(api: MlflowApi, name: string): Promise<string> {
  const find = () => api.get('experiments/get-by-name', { experiment_name: name });
  let found = await find();
  if (found.refusal?.code === 'RESOURCE_DOES_NOT_EXIST') {
    const made = await api.post('experiments/create', { name });
    if (made.refusal?.code !== 'RESOURCE_ALREADY_EXISTS') {
      return read(api, madeSchema, made).experiment_id;
    }
    // Somebody else was faster.
    found = await find();
  }
  const { experiment_id: id, lifecycle_stage: stage } = read(api, foundSchema, found).experiment;
  if (stage === 'active') return id;
  throw environmentError({
    what: `the MLflow server ${api.url} takes no runs for experiment ${name}`,
    expected: 'an active experiment',
    found: `one that is ${stage}`,
    remedy: `restore it in MLflow, or name another one as outputs.mlflow.experiment; ${SAFE}`,
  });
}

/** @returns its id */
async function createRun(
  api: MlflowApi,
  experimentId: string,
  { name, startedAt }: TrackedRun,
): Promise<string> {
  const made = await api.post('runs/create', {
    experiment_id: experimentId,
    run_name: name,
    start_time: startedAt,
    tags: [
      // Servers before 2.0 know a run's name by this tag alone.
      { key: 'mlflow.runName', value: name },
      { key: 'mlflow.source.name', value: 'flawmap study' },
    ],
  });
  return read(api, runSchema, made).run.info.run_id;
}

async function endRun(
  api: MlflowApi,
  runId: string,
  status: 'FINISHED' | 'FAILED' | 'KILLED',
  { endedAt }: TrackedRun,
): Promise<void> {
  accepted(api, await api.post('runs/update', { run_id: runId, status, end_time: endedAt }));
}

function accepted(api: MlflowApi, answer: Answer): unknown {
  if (answer.refusal === undefined) return answer.body;
  throw refused(api, answer.refusal);
}

function read<T>(api: MlflowApi, schema: z.ZodType<T>, answer: Answer): T {
  const parsed = schema.safeParse(accepted(api, answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw environmentError({
    what: `the MLflow server ${api.url} gave an answer that cannot be used`,
    expected: "what MLflow's REST API 2.0 describes",
    found: `${issue?.path.join('.')}: ${issue?.message}`,
    remedy: `check the server's version; ${SAFE}`,
  });
}

const refused = ({ url }: MlflowApi, { code, message }: Refusal) =>
  environmentError({
    what: `the MLflow server ${url} refused the run`,
    expected: 'that it takes the parameters and metrics',
    found: `${code}: ${message}`,
    remedy: `see the server's log; ${SAFE}`,
  });

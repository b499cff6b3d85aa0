/**
 * Stands in for an MLflow tracking server: the endpoints of its REST API 2.0 that flawmap calls, as
 * https://mlflow.org/docs/latest/rest-api.html describes requests and answers, refusing what MLflow
 * refuses (`mlflow/utils/validation.py`, `mlflow/server/handlers.py`) with its codes and words.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Entry {
  readonly key: string;
  readonly value: string;
}

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface StubRun {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly startTime: number;
  readonly tags: readonly Entry[];
  readonly params: Entry[];
  readonly metrics: Metric[];
  status: string;
  endTime: number | undefined;
}

export interface StubRequest {
  readonly method: string;
  /** Below `/api/2.0/mlflow/`. */
  readonly endpoint: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

export interface MlflowStub {
  readonly url: string;
  /** By name. */
  readonly experiments: Map<string, { readonly id: string; stage: 'active' | 'deleted' }>;
  readonly runs: StubRun[];
  readonly requests: StubRequest[];
  /** Called with each request before it is answered; true where it has answered itself. */
  intercept: (request: StubRequest, response: ServerResponse) => boolean;
}

type Body = Record<string, unknown>;

class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const invalid = (message: string) => new Refused(400, 'INVALID_PARAMETER_VALUE', message);
const missing = (message: string) => new Refused(404, 'RESOURCE_DOES_NOT_EXIST', message);

/** Listens until the test ends. */
export async function startMlflowStub(): Promise<MlflowStub> {
  const stub: MlflowStub = {
    url: '',
    experiments: new Map([['Default', { id: '0', stage: 'active' }]]),
    runs: [],
    requests: [],
    intercept: () => false,
  };
  const server = createServer((request, response) => void answer(stub, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(stub, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}

async function answer(stub: MlflowStub, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '', 'http://stub');
  const [, endpoint = ''] = /^\/api\/2\.0\/mlflow\/(.*)$/.exec(url.pathname) ?? [];
  const { authorization } = request.headers;
  const seen = { method: request.method ?? '', endpoint, authorization, bytes: text.length };
  stub.requests.push(seen);
  if (stub.intercept(seen, response)) return;
  try {
    const handle = ENDPOINTS[`${request.method} ${endpoint}`];
    if (handle === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<title>404 Not Found</title>');
      return;
    }
    if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
      throw new Refused(
        400,
        'BAD_REQUEST',
        "Bad Request. Content-Type must be 'application/json'.",
      );
    }
    const given = request.method === 'GET' ? Object.fromEntries(url.searchParams) : parse(text);
    send(response, 200, handle(stub, given, text.length));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    send(response, error.status, { error_code: error.code, message: error.message });
  }
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function parse(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new Refused(400, 'BAD_REQUEST', 'Malformed request body');
  }
}

const ENDPOINTS: Record<string, (stub: MlflowStub, body: Body, bytes: number) => unknown> = {
  'GET experiments/get-by-name': ({ experiments }, body) => {
    const name = required(body, 'experiment_name', 'string');
    const found = experiments.get(name);
    if (found === undefined) throw missing(`Could not find experiment with name '${name}'`);
    return {
      experiment: { experiment_id: found.id, name, lifecycle_stage: found.stage, tags: [] },
    };
  },

  'POST experiments/create': ({ experiments }, body) => {
    const name = required(body, 'name', 'string');
    if (experiments.has(name)) {
      throw new Refused(400, 'RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`);
    }
    experiments.set(name, { id: String(experiments.size), stage: 'active' });
    return { experiment_id: experiments.get(name)!.id };
  },

  'POST runs/create': ({ experiments, runs }, body) => {
    const experimentId = required(body, 'experiment_id', 'string');
    const experiment = [...experiments.values()].find(({ id }) => id === experimentId);
    if (experiment === undefined) throw missing(`No Experiment with id=${experimentId} exists`);
    if (experiment.stage !== 'active') {
      throw invalid(
        `The experiment ${experimentId} must be in the 'active' state. Current state is deleted.`,
      );
    }
    const name = required(body, 'run_name', 'string');
    const tags = (body.tags ?? []) as Entry[];
    const named = tags.find(({ key }) => key === 'mlflow.runName');
    if (named !== undefined && named.value !== name) {
      throw invalid("Both 'run_name' argument and 'mlflow.runName' tag are specified");
    }
    const run: StubRun = {
      id: `run${runs.length}`,
      experimentId,
      name,
      startTime: required(body, 'start_time', 'number'),
      tags,
      params: [],
      metrics: [],
      status: 'RUNNING',
      endTime: undefined,
    };
    runs.push(run);
    return { run: { info: infoOf(run), data: { tags }, inputs: {} } };
  },

  'POST runs/log-batch': (stub, body, bytes) => {
    if (bytes > 1e6) throw invalid('Batched logging API requests must be at most 1000000 bytes');
    const run = runOf(stub, body);
    const metrics = (body.metrics ?? []) as Metric[];
    const params = (body.params ?? []) as Entry[];
    limit('metrics', 1000, metrics.length);
    limit('params', 100, params.length);
    limit('metrics, params, and tags', 1000, metrics.length + params.length);
    for (const metric of metrics) checkMetric(metric);
    for (const param of params) checkParam(param, run);
    run.metrics.push(...metrics);
    run.params.push(...params);
    return {};
  },

  'POST runs/update': (stub, body) => {
    const run = runOf(stub, body);
    run.status = required(body, 'status', 'string');
    if (!['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'].includes(run.status)) {
      throw invalid(`Invalid value ${run.status} for parameter 'status' supplied.`);
    }
    run.endTime = required(body, 'end_time', 'number');
    return { run_info: infoOf(run) };
  },
};

interface Types {
  readonly string: string;
  readonly number: number;
}

function required<T extends keyof Types>(body: Body, name: string, type: T): Types[T] {
  const value = body[name];
  if (value === undefined || value === '') {
    throw invalid(
      `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`,
    );
  }
  if (typeof value !== type || (type === 'number' && !Number.isInteger(value))) {
    throw invalid(`Invalid value ${JSON.stringify(value)} for parameter '${name}' supplied.`);
  }
  return value as Types[T];
}

function runOf({ runs }: MlflowStub, body: Body): StubRun {
  const id = required(body, 'run_id', 'string');
  const run = runs.find((own) => own.id === id);
  if (run === undefined) throw missing(`Run with id=${id} not found`);
  return run;
}

const infoOf = ({ id, experimentId, name, status, startTime, endTime }: StubRun) => ({
  run_id: id,
  run_uuid: id,
  experiment_id: experimentId,
  run_name: name,
  status,
  start_time: startTime,
  end_time: endTime,
  lifecycle_stage: 'active',
});

function limit(what: string, most: number, found: number) {
  if (found > most) {
    throw invalid(
      `A batch logging request can contain at most ${most} ${what}. Got ${found} ${what}.`,
    );
  }
}

function checkMetric({ key, value, timestamp, step }: Metric) {
  checkKey('metric', key);
  if (typeof value !== 'number') throw invalid(`Got invalid value ${value} for metric '${key}'`);
  if (!Number.isInteger(timestamp) || timestamp < 0) {
    throw invalid(`Got invalid timestamp ${timestamp} for metric '${key}'`);
  }
  if (!Number.isInteger(step)) throw invalid(`Got invalid step ${step} for metric '${key}'`);
}

function checkParam({ key, value }: Entry, { params }: StubRun) {
  checkKey('parameter', key);
  if (typeof value !== 'string') throw invalid(`Invalid value for parameter '${key}' supplied.`);
  if ([...value].length > 6000) {
    throw invalid(`Param value had length ${value.length}, which exceeded length limit of 6000`);
  }
  const before = params.find((own) => own.key === key);
  if (before !== undefined && before.value !== value) {
    throw invalid(
      `Changing param values is not allowed. Param with key='${key}' was already logged`,
    );
  }
}

/** As Python's `[/\w.\- ]*`, whose `\w` takes letters and digits of all scripts. */
function checkKey(what: string, key: string) {
  if (!/^[/\p{L}\p{N}_.\- ]+$/u.test(key)) throw invalid(`Invalid ${what} name: '${key}'.`);
  if ([...key].length > 250) {
    throw invalid(`${what} name had length ${key.length}, which exceeded length limit of 250`);
  }
}

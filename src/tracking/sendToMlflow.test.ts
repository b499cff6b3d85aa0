import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  type MlflowStub,
  type StubRequest,
  startMlflowStub,
} from '../../test/support/mlflowStub.ts';
import { FlawmapError } from '../core/error.ts';
import type { ProgressEvent, RunControl } from '../core/progress.ts';
import type { MlflowConnection } from './mlflowApi.ts';
import { sendToMlflow } from './sendToMlflow.ts';
import type { TrackedRun } from './trackedRun.ts';

const RUN: TrackedRun = {
  name: 'line 3',
  params: { seed: 42, backbone: 'filterbank' },
  metrics: [
    { tag: 'bottle/padim/clean/f1', value: 0.5, step: 0 },
    { tag: 'bottle/padim/clean/f1', value: 0.75, step: 1 },
  ],
  startedAt: 1_700_000_000_000,
  endedAt: 1_700_000_060_000,
};

const MANY: TrackedRun = {
  ...RUN,
  metrics: Array.from({ length: 2500 }, (_, i) => ({ tag: 'größe+/f1', value: i, step: i })),
};

const send = (
  { url }: Pick<MlflowStub, 'url'>,
  run = RUN,
  control: RunControl = {},
  connection: MlflowConnection = {},
) =>
  sendToMlflow({ url, experiment: 'line' }, run, control, {
    environment: {},
    retryDelay: 1,
    ...connection,
  });

/** Answers the first requests to an endpoint with this status and body. */
function failFirst(stub: MlflowStub, endpoint: string, times: number, status: number, body = '') {
  let left = times;
  stub.intercept = (request, response) => {
    if (request.endpoint !== endpoint || left-- <= 0) return false;
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
    return true;
  };
}

const failure = async (promise: Promise<unknown>): Promise<FlawmapError> => {
  const error = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FlawmapError);
  const { kind, details } = error as FlawmapError;
  expect(kind).toBe('environment');
  expect(details.remedy).toContain('safe on disk');
  return error as FlawmapError;
};

const endpoints = ({ requests }: MlflowStub) => requests.map(({ endpoint }) => endpoint);

describe('sendToMlflow', () => {
  it('makes experiment and run, and finishes it', async () => {
    const stub = await startMlflowStub();
    await send(stub);
    expect([...stub.experiments.keys()]).toEqual(['Default', 'line']);
    expect(stub.runs).toEqual([
      {
        id: 'run0',
        experimentId: '1',
        name: 'line 3',
        startTime: RUN.startedAt,
        tags: [
          { key: 'mlflow.runName', value: 'line 3' },
          { key: 'mlflow.source.name', value: 'flawmap study' },
        ],
        params: [
          { key: 'seed', value: '42' },
          { key: 'backbone', value: 'filterbank' },
        ],
        metrics: [
          { key: 'bottle/padim/clean/f1', value: 0.5, step: 0, timestamp: RUN.endedAt },
          { key: 'bottle/padim/clean/f1', value: 0.75, step: 1, timestamp: RUN.endedAt },
        ],
        status: 'FINISHED',
        endTime: RUN.endedAt,
      },
    ]);
  });

  it('uses an experiment that is there, also below an address that ends in a slash', async () => {
    const stub = await startMlflowStub();
    stub.experiments.set('line', { id: '7', stage: 'active' });
    await send({ url: `${stub.url}/` });
    expect(endpoints(stub)).not.toContain('experiments/create');
    expect(stub.runs[0]?.experimentId).toBe('7');
  });

  it('uses the experiment of whoever was faster', async () => {
    const stub = await startMlflowStub();
    stub.intercept = ({ endpoint }) => {
      if (endpoint === 'experiments/create') {
        stub.experiments.set('line', { id: '9', stage: 'active' });
      }
      return false;
    };
    await send(stub);
    expect(stub.runs).toMatchObject([{ experimentId: '9', status: 'FINISHED' }]);
  });

  it('sends many metrics in batches, with progress', async () => {
    const stub = await startMlflowStub();
    const events: ProgressEvent[] = [];
    await send(stub, MANY, { onProgress: (event) => events.push(event) });
    expect(stub.runs[0]?.metrics).toHaveLength(2500);
    expect(stub.runs[0]?.metrics[2499]).toMatchObject({ key: 'größe_/f1', value: 2499 });
    expect(events.map(({ done, total }) => [done, total])).toEqual(
      [0, 1, 2, 3, 4].map((done) => [done, 4]),
    );
  });

  it('brings the credentials along with every request', async () => {
    const stub = await startMlflowStub();
    await send(stub, RUN, {}, { environment: { MLFLOW_TRACKING_TOKEN: 'secret' } });
    const seen = stub.requests.map(({ authorization }) => authorization);
    expect(new Set(seen)).toEqual(new Set(['Bearer secret']));
  });

  it.each([429, 500, 503])('tries again after %i', async (status) => {
    const stub = await startMlflowStub();
    failFirst(stub, 'runs/log-batch', 2, status);
    await send(stub);
    expect(stub.runs).toMatchObject([{ status: 'FINISHED', metrics: [{}, {}] }]);
    expect(endpoints(stub).filter((name) => name === 'runs/log-batch')).toHaveLength(4);
  });

  it('tries again when a connection breaks or nothing comes back in time', async () => {
    const stub = await startMlflowStub();
    let requests = 0;
    stub.intercept = (_, response) => {
      requests++;
      if (requests === 1) response.destroy();
      return requests <= 2;
    };
    await send(stub, RUN, {}, { patience: 200 });
    expect(stub.runs).toMatchObject([{ status: 'FINISHED' }]);
  });

  it('tells why it gave up, and ends the run as failed', async () => {
    const stub = await startMlflowStub();
    failFirst(stub, 'runs/log-batch', 99, 503);
    const { details } = await failure(send(stub, RUN, {}, { attempts: 3 }));
    expect(details.what).toContain(stub.url);
    expect(details.found).toBe('the server answered 503 Service Unavailable, 3 times');
    expect(stub.runs).toMatchObject([{ status: 'FAILED', endTime: RUN.endedAt }]);
  });

  it('tells where nobody listens, after several attempts', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    const { details } = await failure(send({ url }));
    expect(details.what).toContain(url);
    expect(details.found).toBe('the server refused the connection (ECONNREFUSED), 5 times');
  });

  it.each([401, 403])('asks for credentials after %i, once', async (status) => {
    const stub = await startMlflowStub();
    failFirst(stub, 'experiments/get-by-name', 99, status, 'You are not authenticated.');
    const { details } = await failure(send(stub));
    expect(details.found).toBe(`${status} You are not authenticated.`);
    expect(details.remedy).toContain('MLFLOW_TRACKING_USERNAME');
    expect(stub.requests).toHaveLength(1);
  });

  it.each([
    ['a page', 200, '<html>welcome</html>', '200 <html>welcome</html>'],
    ['nothing', 404, '', '404 and nothing more'],
  ])('recognises a server that is not MLflow by %s', async (_, status, body, found) => {
    const stub = await startMlflowStub();
    failFirst(stub, 'experiments/get-by-name', 99, status, body);
    const { details } = await failure(send(stub));
    expect(details).toMatchObject({ expected: expect.stringContaining('REST API'), found });
  });

  it('does not take an answer without an id for one', async () => {
    const stub = await startMlflowStub();
    failFirst(stub, 'runs/create', 99, 200, '{"run": {"info": {}}}');
    const { details } = await failure(send(stub));
    expect(details.found).toContain('run.info.run_id');
  });

  it('says that an experiment was deleted', async () => {
    const stub = await startMlflowStub();
    stub.experiments.set('line', { id: '7', stage: 'deleted' });
    const { details } = await failure(send(stub));
    expect(details).toMatchObject({ found: 'one that is deleted' });
    expect(details.remedy).toContain('restore it');
  });

  it('passes on why MLflow refuses a batch, and ends the run as failed', async () => {
    const stub = await startMlflowStub();
    const { details } = await failure(send(stub, { ...RUN, endedAt: 0.5 }));
    expect(details.found).toContain('INVALID_PARAMETER_VALUE: Got invalid timestamp 0.5');
    // A time that is refused there as well must not hide the reason.
    expect(stub.requests.at(-1)?.endpoint).toBe('runs/update');
  });

  it('stops when aborted, and ends the run as killed', async () => {
    const stub = await startMlflowStub();
    const stop = new AbortController();
    const reason = new Error('enough');
    stub.intercept = ({ endpoint }: StubRequest) => {
      if (endpoint === 'runs/log-batch') stop.abort(reason);
      return false;
    };
    await expect(send(stub, MANY, { signal: stop.signal })).rejects.toBe(reason);
    expect(stub.runs).toMatchObject([{ status: 'KILLED' }]);
    expect(endpoints(stub).filter((name) => name === 'runs/log-batch')).toHaveLength(1);
  });

  it('does not begin when aborted already', async () => {
    const stub = await startMlflowStub();
    await expect(send(stub, RUN, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect(stub.requests).toEqual([]);
  });
});

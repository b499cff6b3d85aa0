/** `serve`: inspectors behind HTTP. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { RunControl } from '../core/progress.ts';
import type { Journal } from '../journal/appendJournal.ts';
import { journalOptions } from '../journal/journalOptions.ts';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { openConditions } from './conditions.ts';
import { summariseModel } from './describeModel.ts';
import type { Limits } from './limits.ts';
import { closeServer, listen } from './listen.ts';
import { createServeMetrics } from './metrics.ts';
import { openModels, type ServedModel } from './models.ts';
import { openPage } from './page.ts';
import { createReloads, type ModelReplaced } from './reload/reloads.ts';
import type { ModelSummary } from './schemas.ts';
import { isLoopback, requireTokenOrLoopback } from './security.ts';
import type { Service } from './service.ts';
import type { ShownStudies } from './studies.ts';
import { openVerdictLog } from './verdictLog.ts';
import type { WorkerSetup } from './workers/message.ts';
import { createPool } from './workers/pool.ts';
import { processWorkers } from './workers/startWorker.ts';

export interface ServeOptions {
  /** Inspector files, at least one. */
  readonly models: readonly string[];
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Undefined: none is asked for. */
  readonly token?: string | undefined;
  /** Whether other machines may ask although there is no token. */
  readonly withoutToken?: boolean;
  readonly limits: Limits;
  /** File that every verdict is appended to. */
  readonly journal?: string | undefined;
  /** Millimetres that a pixel of a photograph shows. */
  readonly mmPerPixel?: number | undefined;
  /** What computes, for the journal. */
  readonly device?: string | undefined;
  /** Reads how studies on a queue are, for /study. */
  readonly studies?: (() => Promise<ShownStudies>) | undefined;
  /** Of the built inspector page; default: the one that comes with flawmap. */
  readonly page?: string;
  /** Module of a worker's process; default: the one that comes with flawmap. */
  readonly worker?: URL;
  /** Milliseconds between two looks at the models' files; default a second. */
  readonly lookMs?: number;
  /** Told of a model's file that was replaced, and judges now. */
  readonly onReplaced?: (replaced: ModelReplaced) => void;
  /**
   * Told of what goes wrong without anybody being there to be told: workers that die, files put in a
   * model's place that cannot be served.
   */
  readonly onTrouble?: (error: unknown) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  readonly models: readonly ModelSummary[];
  /** Whether the inspector page is at `/`. */
  readonly hasPage: boolean;
  /** Of the server and of all its workers, now. */
  memory(): { readonly serverBytes: number; readonly workersBytes: number };
  /** Of the journal: a line that its last writer did not finish. */
  readonly setAside: Journal['setAside'];
  /**
   * Takes nothing more, answers what it took, and ends its workers.
   * @throws the first that stopped a part from closing; the others are closed all the same
   */
  close(): Promise<void>;
}

/**
 * Resolves when every worker has its models open; until then `/readyz` says no.
 * @throws FlawmapError (usage) for a host that others reach without a token; (input) for a file that
 * is no inspector; (environment) for a port that is taken
 */
export async function serve(
  options: ServeOptions,
  { signal }: RunControl = {},
): Promise<RunningServer> {
  const { host, token, withoutToken = false, limits, mmPerPixel } = options;
  requireTokenOrLoopback(host, token, withoutToken);
  const report = options.onTrouble ?? (() => {});
  const open: AsyncDisposable[] = [];
  const opened = <T extends AsyncDisposable>(resource: T): T => {
    open.push(resource);
    return resource;
  };
  // One that fails must not keep the others open: models lie in copies.
  const closeAll = async () => {
    const failures: unknown[] = [];
    for (const resource of open.splice(0).reverse())
      await resource[Symbol.asyncDispose]().then(undefined, (error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    const models = opened(await openModels(options.models));
    const first = [...models.current.values()];
    const log =
      options.journal === undefined
        ? undefined
        : opened(await openVerdictLog(options.journal, await journalOptions(options)));
    const conditions = opened(await openConditions(first, options.journal, report));
    const workersOf = (served: readonly ServedModel[]) =>
      processWorkers(options.worker ?? WORKER, setupOf(served, options), limits.workers);
    const pool = opened(
      createPool({
        start: workersOf(first),
        workers: limits.workers,
        patienceMs: 2000 * limits.timeoutSeconds,
        onDeath(death) {
          metrics.workerDied();
          report(death);
        },
      }),
    );
    const admission = createAdmission(limits.workers + limits.queue);
    const metrics = createServeMetrics({ pool: pool.state, taken: admission.taken });
    const reloads = opened(
      await createReloads({
        ...{ models, pool, conditions, metrics, start: workersOf },
        onReplaced: options.onReplaced ?? (() => {}),
        onRefused: report,
      }),
    );
    let closing = false;
    const service: Service = {
      ...{ models, reloads, limits, mmPerPixel },
      ...{ pool, admission, log, conditions, metrics, token },
      page: await openPage(options.page ?? PAGE),
      studies: options.studies,
      isClosing: () => closing,
      onFailure: report,
    };
    const server = await listen(createApp(service, isLoopback(host)).fetch, {
      ...{ host, port: options.port, limits },
      onDropped: () => metrics.refused('connections'),
    });
    opened({
      async [Symbol.asyncDispose]() {
        closing = true;
        await closeServer(server, admission);
      },
    });
    await untilReady(pool.whenReady, signal);
    reloads.begin(options.lookMs ?? LOOK_MS);
    return {
      address: addressOf(server, host),
      models: first.map((model) => summariseModel(model, mmPerPixel)),
      hasPage: service.page.present,
      memory: () => ({
        serverBytes: process.memoryUsage.rss(),
        workersBytes: pool.state().residentBytes,
      }),
      setAside: log?.setAside,
      close: closeAll,
    };
  } catch (error) {
    await closeAll().catch(report);
    throw error;
  }
}

const WORKER = new URL('./workers/worker.js', import.meta.url);
const PAGE = fileURLToPath(new URL('../web', import.meta.url));

/** A look costs a question to the file system, a file that has changed two of them. */
const LOOK_MS = 1_000;

/** What a worker opens. */
export const setupOf = (
  models: readonly ServedModel[],
  { mmPerPixel, limits }: Pick<ServeOptions, 'mmPerPixel'> & { limits: Pick<Limits, 'maxPixels'> },
): WorkerSetup => ({
  models: models.map(({ name, copy, sha256 }) => ({ name, file: copy, sha256, mmPerPixel })),
  maxPixels: limits.maxPixels,
});

/** @throws what stops it: a worker that cannot open the models, the signal's reason */
async function untilReady(ready: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (signal === undefined) return ready;
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted());
  await Promise.race([ready, aborted]);
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

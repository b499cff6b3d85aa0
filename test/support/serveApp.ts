/** The server's app without a socket and without processes: judged in this process. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { environmentError } from '../../src/core/error.ts';
import { journalOptions } from '../../src/journal/journalOptions.ts';
import { createAdmission } from '../../src/serve/admission.ts';
import { createApp } from '../../src/serve/app.ts';
import { openConditions } from '../../src/serve/conditions.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/serve/limits.ts';
import { createServeMetrics } from '../../src/serve/metrics.ts';
import { openModels, type ServedModel } from '../../src/serve/models.ts';
import { openPage } from '../../src/serve/page.ts';
import { createReloads, type ModelReplaced } from '../../src/serve/reload/reloads.ts';
import { setupOf } from '../../src/serve/serve.ts';
import type { ShownStudies } from '../../src/serve/studies.ts';
import { openVerdictLog } from '../../src/serve/verdictLog.ts';
import type { JudgeTask, WorkerSetup } from '../../src/serve/workers/message.ts';
import { openTaskJudge } from '../../src/serve/workers/openTaskJudge.ts';
import { createPool } from '../../src/serve/workers/pool.ts';
import type { StartWorker } from '../../src/serve/workers/startWorker.ts';

export interface TestAppOptions {
  readonly models: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly token?: string;
  readonly journal?: string;
  readonly mmPerPixel?: number;
  /** Folder of a page. */
  readonly page?: string;
  /** Awaited before each image is judged. */
  readonly before?: (task: JudgeTask) => Promise<unknown>;
  readonly studies?: () => Promise<ShownStudies>;
}

/** Workers in this process, with sessions of their own. */
export function inlineWorkers(
  setup: WorkerSetup,
  before: (task: JudgeTask) => Promise<unknown> = async () => {},
): StartWorker {
  return () => {
    const judge = openTaskJudge(setup);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    }).then(async () => {
      await judge.then((one) => one[Symbol.asyncDispose]()).catch(() => {});
      return environmentError({ what: 'ended' });
    });
    return {
      opened: judge.then(() => 1000),
      ended,
      async judge(task) {
        await before(task);
        return (await judge).judge(task);
      },
      end,
      kill: end,
    };
  };
}

/** @returns what asks the app; disposing it closes everything */
export async function testApp(options: TestAppOptions) {
  const limits = { ...DEFAULT_LIMITS, workers: 1, queue: 4, ...options.limits };
  const { mmPerPixel, token, journal } = options;
  const failures: unknown[] = [];
  const models = await openModels(options.models);
  const first = [...models.current.values()];
  const replaced: ModelReplaced[] = [];
  const log =
    journal === undefined
      ? undefined
      : await openVerdictLog(journal, await journalOptions(options));
  let isLogOpen = true;
  const report = (error: unknown) => void failures.push(error);
  const conditions = await openConditions(first, journal, report);
  const { workers } = limits;
  const start = (served: readonly ServedModel[]) =>
    inlineWorkers(setupOf(served, { mmPerPixel, limits }), options.before);
  const pool = createPool({ start: start(first), workers, patienceMs: 60_000 });
  await pool.whenReady;
  const admission = createAdmission(limits.workers + limits.queue);
  const metrics = createServeMetrics({ pool: pool.state, taken: admission.taken });
  const reloads = await createReloads({
    ...{ models, pool, conditions, metrics, start, onRefused: report },
    onReplaced: (one) => void replaced.push(one),
  });
  let closing = false;
  const app = createApp(
    {
      ...{ models, reloads, limits },
      ...{ mmPerPixel, pool, admission, log, conditions, metrics, token },
      page: await openPage(options.page ?? '/nowhere'),
      studies: options.studies,
      isClosing: () => closing,
      onFailure: report,
    },
    true,
  );
  return {
    failures,
    admission,
    metrics,
    fetch: (request: Request) => app.fetch(request),
    replaced,
    pool,
    /** From now on nothing can be written. */
    breakJournal: async () => {
      isLogOpen = false;
      await log?.[Symbol.asyncDispose]();
    },
    copies: () => readdirSync(dirname(first[0]!.copy)),
    /** Twice, as a file must stay the same from one look to the next. */
    async reload() {
      await reloads.look();
      await reloads.look();
    },
    look: reloads.look,
    ask: async (path: string, init?: RequestInit & { duplex?: 'half' }) =>
      app.fetch(new Request(`http://localhost${path}`, init)),
    stopTaking() {
      closing = true;
    },
    async [Symbol.asyncDispose]() {
      await reloads[Symbol.asyncDispose]();
      await pool[Symbol.asyncDispose]();
      await conditions[Symbol.asyncDispose]();
      if (isLogOpen) await log?.[Symbol.asyncDispose]();
      await models[Symbol.asyncDispose]();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;

/** A form of images, by file name. */
export function imageForm(
  images: readonly (readonly [name: string, bytes: Uint8Array])[],
): FormData {
  const form = new FormData();
  for (const [name, bytes] of images) form.append('image', new Blob([Buffer.from(bytes)]), name);
  return form;
}

export const jsonOf = async (response: Response) => JSON.parse(await response.text());

/** The lines of an NDJSON answer. */
export const linesOf = async (response: Response) =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/**
 * Model files that are replaced while they are served, as `update`, `recalibrate` and a rollback do. Each
 * is looked at again and again, for network drives tell nothing of changes; once it has stayed the same
 * from one look to the next, it is copied, checked, and opened by a worker before anything else changes.
 */
import { dirname } from 'node:path';
import {
  type ErrorDetails,
  environmentError,
  FlawmapError,
  inputError,
  messageOf,
} from '../../core/error.ts';
import { fileIdentity, GONE } from '../../core/fileIdentity.ts';
import type { Conditions } from '../conditions.ts';
import type { ServeMetrics } from '../metrics.ts';
import type { ServedModel, ServedModels } from '../models.ts';
import type { ModelDetails } from '../schemas.ts';
import type { Pool } from '../workers/pool.ts';
import type { StartWorker } from '../workers/startWorker.ts';
import { requireSameForm } from './requireSameForm.ts';

export type ReloadStatus = ModelDetails['reload'];

export interface ModelReplaced {
  readonly name: string;
  readonly modelSha256: string;
  readonly threshold: number;
  readonly previousSha256: string;
  readonly previousThreshold: number;
}

export interface Reloads extends AsyncDisposable {
  status(name: string): ReloadStatus;
  /** How many models have a file that is not taken, or none any more. */
  stale(): number;
  /** Looks at every file once, and loads those that are to be; never rejects. */
  look(): Promise<void>;
  /** Has it look every so often. */
  begin(everyMs: number): void;
}

export interface ReloadOptions {
  readonly models: ServedModels;
  readonly pool: Pick<Pool, 'replace'>;
  readonly conditions: Pick<Conditions, 'begin' | 'end'>;
  readonly metrics: Pick<ServeMetrics, 'modelServed' | 'modelRefused'>;
  /** Starts workers that have these models. */
  readonly start: (models: readonly ServedModel[]) => StartWorker;
  readonly onReplaced: (replaced: ModelReplaced) => void;
  /** Told once of each file that is not taken, and why. */
  readonly onRefused: (error: FlawmapError) => void;
}

/** What the machine refused (no room, no memory) is tried again; what is wrong with a file is not. */
const AGAIN_MS = 60_000;

interface Watched {
  /** Of the file that was taken or refused last. */
  handled: string;
  /** Of one that was seen, and must be seen again before it is read. */
  seen: string | undefined;
  /** Where the file is copied to that is being taken. */
  copy: string | undefined;
  status: ReloadStatus;
  /** `performance.now()` when a refused file is tried again. */
  again: number;
}

/** Looks at each file as it is now, as the one that is served. */
export async function createReloads(options: ReloadOptions): Promise<Reloads> {
  const { models, pool, conditions, metrics, onReplaced, onRefused } = options;
  const stop = new AbortController();
  const watched = new Map<string, Watched>();
  for (const { name, path, sha256 } of models.current.values()) {
    const handled = await fileIdentity(path);
    watched.set(name, {
      ...{ handled, seen: undefined, copy: undefined, status: current() },
      again: Number.POSITIVE_INFINITY,
    });
    metrics.modelServed(name, sha256);
  }

  async function lookAt(name: string, file: Watched): Promise<void> {
    const model = models.current.get(name)!;
    const found = await fileIdentity(model.path);
    const isDue = performance.now() >= file.again;
    if (found === file.handled && !isDue) {
      if (file.seen !== undefined) file.status = current();
      file.seen = undefined;
      return;
    }
    if (found !== file.seen && !isDue) {
      file.seen = found;
      if (file.status.state === 'current') file.status = { ...current(), state: 'changing' };
      return;
    }
    try {
      if (found === GONE) throw gone(model.path);
      if (!(await take(model, file))) return;
      file.status = current();
      file.again = Number.POSITIVE_INFINITY;
    } catch (error) {
      if (stop.signal.aborted) return;
      refuse(model, file, error, found === GONE ? 'gone' : 'refused');
    }
    Object.assign(file, { handled: found, seen: undefined });
  }

  /** @returns false where somebody was just writing to the file */
  async function take(model: ServedModel, file: Watched): Promise<boolean> {
    const next = await models.copyAgain(model);
    if (next === undefined) return false;
    if (next.sha256 === model.sha256) {
      await models.drop(next);
      metrics.modelServed(model.name, model.sha256);
      return true;
    }
    file.copy = next.copy;
    try {
      requireSameForm(model.path, model.metadata, next.metadata);
      file.status = { ...current(), state: 'loading' };
      const all = [...models.current.values()].map((one) => (one === model ? next : one));
      const onMove = () => {
        models.put(next);
        conditions.begin(next);
        metrics.modelServed(next.name, next.sha256);
        file.status = current();
        onReplaced(replacedBy(model, next));
      };
      await pool.replace(options.start(all), onMove, stop.signal);
    } catch (error) {
      await models.drop(next);
      throw error;
    }
    conditions.end(model);
    await models.drop(model);
    return true;
  }

  function refuse(
    { name, path }: ServedModel,
    file: Watched,
    error: unknown,
    state: ReloadStatus['state'],
  ): void {
    const refusal = refusalOf(path, file.copy, error);
    const mayPass = refusal.kind === 'environment';
    file.again = mayPass ? performance.now() + AGAIN_MS : Number.POSITIVE_INFINITY;
    const problem = forClients(refusal, name, path);
    // The same reason again is not told again.
    const isNew = JSON.stringify(problem) !== JSON.stringify(file.status.problem);
    file.status = { state, since: new Date().toISOString(), problem };
    metrics.modelRefused(name);
    if (isNew) onRefused(refusal);
  }

  let looking = Promise.resolve();
  const look = () => {
    looking = looking.then(async () => {
      for (const [name, file] of watched) {
        if (!stop.signal.aborted) await lookAt(name, file);
      }
    });
    return looking;
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    look,
    status: (name) => watched.get(name)!.status,
    stale: () =>
      [...watched.values()].filter(({ status }) => ['refused', 'gone'].includes(status.state))
        .length,
    begin(everyMs) {
      const next = () => {
        if (stop.signal.aborted) return;
        timer = setTimeout(() => void look().finally(next), everyMs);
        timer.unref();
      };
      next();
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the server is stopping'));
      clearTimeout(timer);
      await looking;
    },
  };
}

const current = (): ReloadStatus => ({ state: 'current', since: null, problem: null });

const replacedBy = (before: ServedModel, { name, sha256, metadata }: ServedModel) => ({
  name,
  modelSha256: sha256,
  threshold: metadata.calibration.image.threshold,
  previousSha256: before.sha256,
  previousThreshold: before.metadata.calibration.image.threshold,
});

const goBack = (path: string, first = 'put a whole inspector file there') =>
  `${first}, or go back to the one before: flawmap history ${path} --rollback N`;

/** For the log: as it was thrown, of the path that was given instead of the copy. */
function refusalOf(path: string, copy: string | undefined, error: unknown): FlawmapError {
  const details: ErrorDetails =
    error instanceof FlawmapError ? error.details : { what: messageOf(error) };
  const isOfFile = error instanceof FlawmapError && error.kind !== 'environment';
  const { what, remedy, ...rest } = inAll(details, (text) =>
    copy === undefined ? text : text.replaceAll(copy, path),
  );
  return (isOfFile ? inputError : environmentError)({
    ...rest,
    what: `the file of a model was replaced, and the one before goes on: ${what}`,
    remedy: goBack(path, remedy),
  });
}

/** Without folders, and without what a process has said when it died. */
function forClients(
  { kind, details }: FlawmapError,
  name: string,
  path: string,
): ReloadStatus['problem'] {
  if (kind !== 'input') {
    return {
      detail: 'the machine could not load the file that was put in its place',
      remedy: "it is tried again every minute; the server's log says more",
    };
  }
  const { what, expected, found, remedy } = inAll(details, (text) =>
    text.replaceAll(path, `${name}.onnx`).replaceAll(`${dirname(path)}/`, ''),
  );
  return {
    detail: what,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    ...(remedy !== undefined && { remedy }),
  };
}

const inAll = (
  { what, expected, found, remedy }: ErrorDetails,
  change: (text: string) => string,
): Omit<ErrorDetails, 'cause'> => ({
  what: change(what),
  ...(expected !== undefined && { expected: change(expected) }),
  ...(found !== undefined && { found: change(found) }),
  ...(remedy !== undefined && { remedy: change(remedy) }),
});

const gone = (path: string) => inputError({ what: `${path} is not there any more` });

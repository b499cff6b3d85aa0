/** Requests to MLflow's REST API 2.0, repeated where they may succeed later. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isPassing, networkCode, RefusedByServer, reasonOf } from '../core/downloadFailure.ts';
import { environmentError, FlawmapError } from '../core/error.ts';
import { authorization } from './mlflowAuthorization.ts';

export interface MlflowConnection {
  /** Where credentials are read from; default: the process's. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds before the second attempt, doubled before each further one; default 500. */
  readonly retryDelay?: number | undefined;
  /** Milliseconds that one request may take; default 30 000. */
  readonly patience?: number | undefined;
  /** Default 5. */
  readonly attempts?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What MLflow itself says against a request, such as `RESOURCE_DOES_NOT_EXIST`. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type Answer =
  | { readonly body: unknown; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

export interface MlflowApi {
  /** The server's address, without a slash at its end. */
  readonly url: string;
  get(endpoint: string, query: Readonly<Record<string, string>>): Promise<Answer>;
  post(endpoint: string, body: unknown): Promise<Answer>;
}

const refusalSchema = z.object({ error_code: z.string(), message: z.string().default('') });

/**
 * @param server the tracking server's address, such as `http://localhost:5000`
 * @returns its calls throw FlawmapError (environment) where the server cannot be reached, is no
 *   MLflow server or does not know us, and the signal's reason when that is aborted
 */
export function mlflowApi(server: string, connection: MlflowConnection = {}): MlflowApi {
  const url = server.replace(/\/+$/, '');
  const { environment = process.env, retryDelay = 500, attempts = 5, signal } = connection;
  const headers = { ...authorization(environment), accept: 'application/json' };

  return {
    url,
    get: (endpoint, query) => call(`${endpoint}?${new URLSearchParams(query)}`, { headers }),
    post: (endpoint, body) =>
      call(endpoint, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };

  async function call(endpoint: string, request: RequestInit): Promise<Answer> {
    for (let failed = 1; ; failed++) {
      signal?.throwIfAborted();
      try {
        return await attempt(endpoint, request);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof FlawmapError) throw error;
        if (!mayPass(error) || failed >= attempts) throw unreachable(url, failed, error);
        await sleep(retryDelay * 2 ** (failed - 1), undefined, { signal }).catch(() => {});
      }
    }
  }

  async function attempt(endpoint: string, request: RequestInit): Promise<Answer> {
    const late = AbortSignal.timeout(connection.patience ?? 30_000);
    const response = await fetch(`${url}/api/2.0/mlflow/${endpoint}`, {
      ...request,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    const text = await response.text();
    const body = parseJson(text);
    if (response.ok && body !== undefined) return { body };
    const refusal = refusalSchema.safeParse(body);
    const { status, statusText } = response;
    const refused = new RefusedByServer(status, refusal.data?.message ?? statusText);
    if (isPassing(refused)) throw refused;
    if (status === 401 || status === 403) throw unauthorised(url, status, text);
    if (!refusal.success) throw noMlflow(url, status, text);
    return { refusal: { code: refusal.data.error_code, message: refusal.data.message } };
  }
}

/** A server that is being started refuses connections. */
const mayPass = (error: unknown): boolean =>
  isPassing(error) || networkCode(error) === 'ECONNREFUSED';

/** A JSON object, or undefined. */
function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What to do after any failure: nothing is lost by it. */
export const SAFE =
  "the study's results are safe on disk; the same command run again sends them and computes nothing anew";

const unreachable = (url: string, attempts: number, cause: unknown) =>
  environmentError({
    what: `cannot reach the MLflow server ${url} (outputs.mlflow.url)`,
    expected: "an answer of MLflow's REST API 2.0",
    found: `${reasonOf(cause)}, ${attempts === 1 ? 'once' : `${attempts} times`}`,
    remedy: `check the address and that the server runs; ${SAFE}`,
    cause,
  });

const unauthorised = (url: string, status: number, text: string) =>
  environmentError({
    what: `the MLflow server ${url} does not let us in`,
    expected: 'credentials that it accepts',
    found: `${status} ${excerpt(text)}`,
    remedy: `set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN; ${SAFE}`,
  });

const noMlflow = (url: string, status: number, text: string) =>
  environmentError({
    what: `${url} (outputs.mlflow.url) does not answer as an MLflow server does`,
    expected: "JSON from MLflow's REST API 2.0",
    found: `${status} ${excerpt(text)}`,
    remedy: `give the address of the tracking server, as in MLFLOW_TRACKING_URI; ${SAFE}`,
  });

function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line === '' ? 'and nothing more' : line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

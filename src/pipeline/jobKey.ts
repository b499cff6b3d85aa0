/** What names an artifact: the hash of everything its job's result depends on. */
import { sha256 } from '../core/hash.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Job, Json } from './job.ts';
import type { Registry } from './kind.ts';
import { orderJobs } from './orderJobs.ts';

/** What a key is the hash of, but for the ids of other jobs, which say what changed. */
export interface KeyParts {
  readonly kind: string;
  readonly version: number;
  readonly options: Json;
  /** By name, sorted. */
  readonly files: readonly (readonly [name: string, sha256: string])[];
  /** In the order of `needs`, without the transient ones. */
  readonly upstream: readonly (readonly [id: string, key: string])[];
}

export interface KeyedJob {
  readonly job: Job;
  /** SHA-256 in hexadecimal. */
  readonly key: string;
  readonly parts: KeyParts;
}

/** Raised when artifacts of before can no longer be read. */
const FORMAT = 1;

/**
 * @returns the jobs in an order in which each comes after those it needs
 * @throws FlawmapError (internal) as `orderJobs`, and for options that are not plain JSON
 */
export function keyJobs(jobs: readonly Job[], registry: Registry): KeyedJob[] {
  const keys = new Map<string, string>();
  const transient = new Set(jobs.filter((job) => job.transient).map(({ id }) => id));
  return orderJobs(jobs, registry).map((job) => {
    const parts: KeyParts = {
      kind: job.kind,
      version: registry[job.kind]!.version,
      options: job.options,
      files: (job.files ?? [])
        .map((file) => [file.name, file.sha256] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      upstream: (job.needs ?? [])
        .filter((id) => !transient.has(id))
        .map((id) => [id, keys.get(id)!] as const),
    };
    const key = keyOf(parts, job.id);
    keys.set(job.id, key);
    return { job, key, parts };
  });
}

/** @param name of the job, for messages */
export function keyOf({ upstream, ...parts }: KeyParts, name = 'job'): string {
  const hashed = { format: FORMAT, ...parts, upstream: upstream.map(([, key]) => key) };
  return sha256(canonicalJson(hashed, name));
}

/** What names an artifact: the hash of everything its job's result depends on. */
import { internalError } from '../core/error.ts';
import { sha256 } from '../core/hash.ts';
import type { Job, Json } from './job.ts';
import type { Registry } from './kind.ts';

/** What a key is the hash of; kept with the artifact, to say what changed. */
export interface KeyParts {
  readonly kind: string;
  readonly version: number;
  readonly options: Json;
  /** By name, sorted. */
  readonly files: readonly (readonly [name: string, sha256: string])[];
  /** In the order of `needs`. */
  readonly upstream: readonly (readonly [id: string, key: string])[];
}

export interface KeyedJob {
  readonly job: Job;
  readonly key: string;
  readonly parts: KeyParts;
}

/**
 * @returns the jobs in an order in which each comes after those it needs
 * @throws FlawmapError (internal) for an unknown kind or need, ids given twice, and circles
 */
export function keyJobs(jobs: readonly Job[], registry: Registry): KeyedJob[] {
  const byId = new Map<string, Job>();
  for (const job of jobs) {
    if (byId.has(job.id)) throw planError(`two jobs are called ${job.id}`);
    if (registry[job.kind] === undefined) {
      throw planError(`${job.id} is of the unknown kind ${job.kind}`);
    }
    byId.set(job.id, job);
  }
  const keyed = new Map<string, KeyedJob>();
  const open = new Set<string>();

  function visit(job: Job): KeyedJob {
    const known = keyed.get(job.id);
    if (known !== undefined) return known;
    if (open.has(job.id)) throw planError(`${job.id} needs itself`);
    open.add(job.id);
    const upstream = (job.needs ?? []).map((id) => {
      const needed = byId.get(id);
      if (needed === undefined) throw planError(`${job.id} needs ${id}, which is no job`);
      return [id, visit(needed).key] as const;
    });
    open.delete(job.id);
    const parts: KeyParts = {
      kind: job.kind,
      version: registry[job.kind]!.version,
      options: job.options,
      files: (job.files ?? [])
        .map(({ name, sha256: hash }) => [name, hash] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      upstream,
    };
    const result = { job, key: sha256(canonicalJson(parts as unknown as Json)), parts };
    keyed.set(job.id, result);
    return result;
  }
  for (const job of jobs) visit(job);
  return [...keyed.values()];
}

/** JSON with the keys of every object sorted, so that equal values have equal texts. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, own]) => `${JSON.stringify(key)}:${canonicalJson(own)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const planError = (what: string) => internalError({ what: `the plan cannot be run: ${what}` });

/** What a worker is told of a stage: a job with what its key was made of. */
import { sha256 } from '../core/hash.ts';
import type { Job } from '../pipeline/job.ts';
import { type KeyedJob, type KeyParts, keyOf } from '../pipeline/jobKey.ts';

export interface Need {
  /** Of the job. */
  readonly id: string;
  readonly key: string;
}

export interface StageSpec {
  readonly key: string;
  readonly parts: KeyParts;
  /** Without what the parts say as well. */
  readonly job: Omit<Job, 'kind' | 'options' | 'files'>;
  /** All of them, in the job's order. */
  readonly needs: readonly Need[];
}

/** @param keyOfId the keys of all jobs, by id */
export function specOf(
  { job, key, parts }: KeyedJob,
  keyOfId: ReadonlyMap<string, string>,
): StageSpec {
  const { kind: _kind, options: _options, files: _files, ...rest } = job;
  const needs = (job.needs ?? []).map((id) => ({ id, key: keyOfId.get(id)! }));
  return { key, parts, job: rest, needs };
}

export function jobOf({ parts, job }: StageSpec): Job {
  const { kind, options, files } = parts;
  return { ...job, kind, options, files: files.map(([name, sha256]) => ({ name, sha256 })) };
}

/** @returns the bytes and their hash, which they are found by */
export function packSpec(spec: StageSpec): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = Buffer.from(JSON.stringify(spec));
  return { bytes, sha256: sha256(bytes) };
}

/** Undefined where these bytes are no such document, or say another key than they lead to. */
export function readSpec(bytes: Uint8Array): StageSpec | undefined {
  try {
    const spec = JSON.parse(Buffer.from(bytes).toString('utf8')) as StageSpec;
    return keyOf(spec.parts) === spec.key ? spec : undefined;
  } catch {
    return undefined;
  }
}

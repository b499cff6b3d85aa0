/** What must run, and why. */
import type { Artifact } from './artifact.ts';
import type { Job, Json } from './job.ts';
import { canonicalJson, type KeyedJob, type KeyParts, keyJobs } from './jobKey.ts';
import type { Registry } from './kind.ts';
import type { Cache } from './openCache.ts';

export interface PlannedJob extends KeyedJob {
  /** `not needed`: no target asks for it, or all that would read it is there. */
  readonly state: 'cached' | 'run' | 'not needed';
  /** For people; empty for jobs that are not needed. */
  readonly why: string;
  /** Where it is cached. */
  readonly artifact: Artifact | undefined;
}

export interface PlanOptions {
  /** Ids of the jobs whose artifacts are wanted; default all. */
  readonly targets?: readonly string[] | undefined;
  /** Of the study: what changed is told against its last run. */
  readonly name?: string | undefined;
}

/** In an order in which each job comes after those it needs. */
export async function planJobs(
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  { targets, name }: PlanOptions = {},
): Promise<PlannedJob[]> {
  const keyed = keyJobs(jobs, registry);
  const before = name === undefined ? {} : await cache.readPlan(name);
  const wanted = new Set(targets ?? keyed.map(({ job }) => job.id));
  const planned: PlannedJob[] = [];
  // Backwards: a job is asked for by those after it.
  for (const one of keyed.toReversed()) {
    if (!wanted.has(one.job.id)) {
      planned.push({ ...one, state: 'not needed', why: '', artifact: undefined });
      continue;
    }
    const artifact = await cache.find(one);
    if (artifact !== undefined) {
      planned.push({ ...one, state: 'cached', why: 'its result is there', artifact });
      continue;
    }
    for (const id of one.job.needs ?? []) wanted.add(id);
    const why = (await cache.has(one.key))
      ? 'its stored result is damaged'
      : whatChanged(before[one.job.id], one.parts);
    planned.push({ ...one, state: 'run', why, artifact });
  }
  return planned.reverse();
}

function whatChanged(before: KeyParts | undefined, now: KeyParts): string {
  if (before === undefined) return 'not computed yet';
  const changes = [
    ...(before.version === now.version
      ? []
      : [`version ${before.version} of ${now.kind} became ${now.version}`]),
    ...optionChanges('', before.options, now.options),
    ...listChanges('file', before.files, now.files),
    ...listChanges('result of', before.upstream, now.upstream),
  ];
  if (changes.length === 0) return 'its result is no longer kept';
  const [first] = changes;
  return changes.length === 1 ? first! : `${first}, and ${changes.length - 1} more changes`;
}

function optionChanges(path: string, before: Json | undefined, now: Json | undefined): string[] {
  if (before !== undefined && now !== undefined && canonicalJson(before) === canonicalJson(now))
    return [];
  if (isObject(before) && isObject(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) =>
      optionChanges(path ? `${path}.${key}` : key, before[key], now[key]),
    );
  }
  return before === undefined && now === undefined
    ? []
    : [`${path} was ${brief(before)}, is ${brief(now)}`];
}

const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function brief(value: Json | undefined): string {
  const text = value === undefined ? 'not given' : canonicalJson(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

type Entries = readonly (readonly [name: string, hash: string])[];

function listChanges(what: string, before: Entries, now: Entries): string[] {
  const old = new Map(before);
  const names = new Set(now.map(([name]) => name));
  return [
    ...now.flatMap(([name, hash]) => {
      const known = old.get(name);
      if (known === hash) return [];
      return [known === undefined ? `${what} ${name} is new` : `${what} ${name} changed`];
    }),
    ...before.flatMap(([name]) => (names.has(name) ? [] : [`${what} ${name} is gone`])),
  ];
}

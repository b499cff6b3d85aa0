/** Plans of jobs that join texts, and runs of them within the test. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newSession } from '../../src/core/session.ts';
import { inlineExecutor } from '../../src/pipeline/inlineExecutor.ts';
import type { Job } from '../../src/pipeline/job.ts';
import type { JobContext, Kind, Registry } from '../../src/pipeline/kind.ts';
import { type Artifact, type Cache, openCache } from '../../src/pipeline/openCache.ts';
import { type PipelineEvent, type RunOptions, runJobs } from '../../src/pipeline/runJobs.ts';
import { makeTree } from './tree.ts';
import { withoutRights } from './withoutRights.ts';

/** The file that a `join` job leaves. */
export const JOINED = 'joined.txt';

/** Leaves its text after those of its inputs; the text `!` fails. */
export const joinKind: Kind<{ readonly text: string }> = {
  name: 'join',
  version: 1,
  async run({ options: { text }, inputs, folder }: JobContext<{ readonly text: string }>) {
    if (text === '!') throw new RangeError('the text is !');
    const texts = await Promise.all(
      Object.values(inputs).map((input) => readFile(join(input, JOINED), 'utf8')),
    );
    await writeFile(join(folder, JOINED), `${texts.join('')}${text}`);
  },
};

export const JOIN: Registry = { join: joinKind };

/** @param text what it adds; default its id */
export const joinJob = (id: string, needs: readonly string[] = [], text = id): Job => ({
  id,
  stage: 'join',
  kind: 'join',
  options: { text },
  needs,
});

/** a, b from a, c from a and b. */
export const THREE = [joinJob('a'), joinJob('b', ['a']), joinJob('c', ['a', 'b'])];

/** Open until the test ends. */
export async function testCache(
  limitBytes?: number,
  folder = join(makeTree({}), 'cache'),
): Promise<Cache> {
  const cache = await openCache(folder, limitBytes === undefined ? {} : { limitBytes });
  onTestFinished(() => cache[Symbol.asyncDispose]());
  return cache;
}

export interface Outcome {
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly events: readonly PipelineEvent[];
  /** Ids of the jobs that ran, in this order. */
  readonly ran: readonly string[];
  /** What was thrown. */
  readonly error: unknown;
}

export async function run(
  cache: Cache,
  jobs: readonly Job[],
  options: Partial<RunOptions> & { readonly registry?: Registry } = {},
): Promise<Outcome> {
  const { registry = JOIN, ...rest } = options;
  const events: PipelineEvent[] = [];
  const outcome = await runJobs(jobs, registry, cache, {
    executor: inlineExecutor(registry),
    onEvent: (event) => events.push(event),
    ...rest,
  }).then(
    (artifacts) => ({ artifacts, error: undefined }),
    (error: unknown) => ({ artifacts: new Map<string, Artifact>(), error }),
  );
  const ran = events.filter(({ type }) => type === 'started').map(({ id }) => id);
  return { ...outcome, events, ran };
}

/** The text that a job has left. */
export const joined = ({ artifacts }: Outcome, id: string): Promise<string> =>
  readFile(join(artifacts.get(id)!.folder, JOINED), 'utf8');

/** Does something as a user who may use the cache, but not remove this artifact from it. */
export async function withoutRightsTo<T>(
  { folder: artifact }: Pick<Artifact, 'folder'>,
  { folder }: Cache,
  work: () => Promise<T>,
): Promise<T> {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of [dirname(folder), folder, ...inside.map((name) => join(folder, name))]) {
    chmodSync(path, 0o777);
  }
  chmodSync(dirname(artifact), 0o555);
  try {
    return await withoutRights(work);
  } finally {
    chmodSync(dirname(artifact), 0o777);
  }
}

/** Of a process that has ended. */
export function deadSession(): string {
  const [host, , started, random] = newSession().split('~');
  const { pid } = spawnSync(process.execPath, ['--version']);
  return [host, pid, started, random].join('~');
}

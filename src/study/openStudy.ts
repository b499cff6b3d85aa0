/** A study ready to run: its configuration, data, plan and cache. */
import { basename, extname, join, resolve } from 'node:path';
import { cacheFolder } from '../core/cacheFolder.ts';
import type { RunControl } from '../core/progress.ts';
import type { Job } from '../pipeline/job.ts';
import type { Registry } from '../pipeline/kind.ts';
import { type Artifact, type Cache, openCache } from '../pipeline/openCache.ts';
import { type ReadConfig, readConfig } from './config/readConfig.ts';
import { planStudy, type StudyPlan } from './plan/planStudy.ts';
import type { Stage } from './plan/stages.ts';
import { type PreparedStudy, prepareStudy } from './prepareStudy.ts';
import { openSources } from './studySources.ts';

export interface StudyOptions {
  /** The configuration file. */
  readonly config: string;
  /** The run's folder; undefined: `runs/NAME` under where the program was started. */
  readonly out?: string | undefined;
  /** Stages to run alone, with what they build on; undefined: all that the configuration names. */
  readonly only?: readonly Stage[] | undefined;
  /** Processes that work side by side, 1 for none but this one; undefined: one for each core. */
  readonly workers?: number | undefined;
  /** Runs the jobs on other machines; undefined: they run here. */
  readonly elsewhere?: RunElsewhere | undefined;
}

/**
 * Runs the jobs whose artifacts are wanted and missing.
 * @returns the artifacts of the targets, by job id, in the cache
 */
export type RunElsewhere = (
  jobs: readonly Job[],
  registry: Registry,
  cache: Cache,
  options: {
    readonly targets: readonly string[];
    /** The study's. */
    readonly name: string;
    readonly control: RunControl;
  },
) => Promise<ReadonlyMap<string, Artifact>>;

export interface OpenStudy extends PreparedStudy, AsyncDisposable {
  /** The configuration file's, without its ending. */
  readonly name: string;
  /** Absolute path of the run's folder. */
  readonly out: string;
  readonly plan: StudyPlan;
  readonly cache: Cache;
}

/**
 * What can be known to be wrong is said before anything is written.
 * @throws FlawmapError for anything wrong with configuration, data, backbone or folders
 */
export async function openStudy(options: StudyOptions, control: RunControl): Promise<OpenStudy> {
  const read = await readConfig(options.config);
  const name = basename(read.file, extname(read.file));
  const out = resolve(options.out ?? join('runs', name));
  const sources = await openSources(read, out, options.only);
  const cache = await openStudyCache(read);
  const close = () => cache[Symbol.asyncDispose]();
  try {
    const prepared = await prepareStudy(read.config, sources, control);
    const plan = planStudy(prepared.input, options.only);
    return { ...prepared, name, out, plan, cache, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openStudyCache({ config, folder }: ReadConfig): Promise<Cache> {
  const { folder: chosen, limitGb } = config.cache;
  const place = chosen === null ? join(cacheFolder(), 'study') : resolve(folder, chosen);
  return openCache(place, { limitBytes: limitGb * 1e9 });
}

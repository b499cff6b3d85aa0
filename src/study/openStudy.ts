/** A study ready to run: its configuration, data, plan and cache. */
import { basename, extname, join, resolve } from 'node:path';
import { cacheFolder } from '../core/cacheFolder.ts';
import type { RunControl } from '../core/progress.ts';
import { type Cache, openCache } from '../pipeline/openCache.ts';
import { type ReadConfig, readConfig } from './config/readConfig.ts';
import { planStudy, type StudyPlan } from './plan/planStudy.ts';
import type { Stage } from './plan/stages.ts';
import { type PreparedStudy, prepareStudy } from './prepareStudy.ts';

export interface StudyOptions {
  /** The configuration file. */
  readonly config: string;
  /** The run's folder; undefined: `runs/NAME` under where the program was started. */
  readonly out?: string | undefined;
  /** Stages to run alone, with what they build on; undefined: all that the configuration names. */
  readonly only?: readonly Stage[] | undefined;
  /** Processes that work side by side, 1 for none but this one; undefined: one for each core. */
  readonly workers?: number | undefined;
}

export interface OpenStudy extends PreparedStudy, AsyncDisposable {
  /** The configuration file's, without its ending. */
  readonly name: string;
  /** Absolute path of the run's folder. */
  readonly out: string;
  readonly plan: StudyPlan;
  readonly cache: Cache;
}

/** @throws FlawmapError for anything wrong with configuration, data, backbone or cache folder */
export async function openStudy(options: StudyOptions, control: RunControl): Promise<OpenStudy> {
  const read = await readConfig(options.config);
  const name = basename(read.file, extname(read.file));
  const out = resolve(options.out ?? join('runs', name));
  const prepared = await prepareStudy(read, out, control);
  const plan = planStudy(prepared.input, options.only);
  const cache = await openStudyCache(read);
  return {
    ...prepared,
    name,
    out,
    plan,
    cache,
    [Symbol.asyncDispose]: () => cache[Symbol.asyncDispose](),
  };
}

function openStudyCache({ config, folder }: ReadConfig): Promise<Cache> {
  const { folder: chosen, limitGb } = config.cache;
  const place = chosen === null ? join(cacheFolder(), 'study') : resolve(folder, chosen);
  return openCache(place, { limitBytes: limitGb * 1e9 });
}

/** Puts the result document together from the artifacts of a study's jobs. */
import { join } from 'node:path';
import { sha256 } from '../../core/hash.ts';
import { flawmapVersion } from '../../core/version.ts';
import { splitTable } from '../../data/splits/splitTable.ts';
import { ANALYSIS_PARTS } from '../../result/analysis.ts';
import {
  type ModelFile,
  RESULT_VERSION,
  type ResultCategory,
  type StudyResult,
} from '../../result/result.ts';
import { readJson } from '../artifacts/binaryFile.ts';
import { readSamples, type Samples } from '../artifacts/samples.ts';
import { RESULT } from '../kinds/scenario.ts';
import { partOf } from '../plan/analysis/planAnalysis.ts';
import type { StudyCategory, StudyInput } from '../plan/studyInput.ts';
import { categoryLimitations } from './categoryLimitations.ts';
import type { Computed } from './computed.ts';
import { EXPERIMENT_NAMES, EXPERIMENTS } from './experimentNames.ts';
import { macroResult } from './macroResult.ts';
import { summariseShift } from './summariseShift.ts';

export async function assembleResult(
  name: string,
  input: StudyInput,
  computed: readonly Computed[],
  models: readonly ModelFile[],
  measured: unknown,
): Promise<StudyResult> {
  const { config, backbone, layers, categories } = input;
  const experiments: Record<string, unknown[]> = {};
  /** Of the scenarios among them. */
  const samples = new Map<object, Samples>();
  for (const experiment of EXPERIMENTS) {
    const kinds = ['scenario', 'ladder', 'global'];
    const found = computed.filter(
      ({ job }) => job.stage === experiment && kinds.includes(job.kind),
    );
    if (found.length === 0) continue;
    const parts = await Promise.all(found.map(readPart));
    for (const [place, { job, artifact }] of found.entries()) {
      if (job.kind === 'scenario') {
        samples.set(parts[place] as object, await readSamples(artifact.folder));
      }
    }
    experiments[EXPERIMENT_NAMES[experiment]] = parts;
  }
  return {
    schemaVersion: RESULT_VERSION,
    createdBy: `flawmap ${flawmapVersion()}`,
    name,
    seed: config.seed,
    config: withoutPlaces(config),
    backbone: { name: backbone.name, sha256: backbone.sha256, layers: mutable(layers) },
    categories: await Promise.all(
      categories.map((category) => describe(category, computed, config)),
    ),
    shift: await Promise.all(
      computed.filter(({ job }) => job.kind === 'shift').map(summariseShift),
    ),
    models: [...models],
    experiments: experiments as StudyResult['experiments'],
    analysis: await readAnalysis(computed),
    macro: macroResult(
      experiments as StudyResult['experiments'],
      (scenario) => samples.get(scenario) ?? null,
    ),
    measured,
  };
}

const readPart = ({ artifact }: Computed): Promise<unknown> =>
  readJson(join(artifact.folder, RESULT));

/** The elements of every part, in the order of the plan. */
async function readAnalysis(computed: readonly Computed[]): Promise<StudyResult['analysis']> {
  const parts = ANALYSIS_PARTS.map(async (part) => {
    const found = computed.filter(({ job }) => partOf(job) === part);
    return [part, await Promise.all(found.map(readPart))] as const;
  });
  const read = await Promise.all(parts);
  const found = read.filter(([, elements]) => elements.length > 0);
  return Object.fromEntries(found) as StudyResult['analysis'];
}

async function describe(
  { name, split }: StudyCategory,
  computed: readonly Computed[],
  config: StudyInput['config'],
): Promise<ResultCategory> {
  const explored = computed.find(({ job }) => job.id === `explore/${name}`);
  return {
    name,
    sha256: sha256(JSON.stringify([split.train, split.val, split.test])),
    exploration:
      explored === undefined ? null : ((await readPart(explored)) as ResultCategory['exploration']),
    split: splitTable(split),
    limitations: categoryLimitations(split, config),
  };
}

/** What is the same wherever the study runs; where things lie is in the manifest. */
function withoutPlaces(config: StudyInput['config']): Record<string, unknown> {
  const { cache: _, ...rest } = config;
  return rest;
}

const mutable = (layers: StudyInput['layers']): Record<string, string[]> => ({
  patchcore: [...layers.patchcore],
  padim: [...layers.padim],
});

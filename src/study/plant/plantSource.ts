/** What a plant can be told from: a study's result document, or one model file. */
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { PlantInput } from '../../calibration/plant/plantReport.ts';
import type { ProductionLine } from '../../calibration/plant/productionLine.ts';
import { inputError, systemCode } from '../../core/error.ts';
import { readInspectorMetadata } from '../../detector/inspector/inspector.ts';
import type { ThresholdCondition } from '../../result/analysis/thresholds.ts';
import { readResult } from '../../result/readResult.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method, ScenarioResult } from '../../result/scenario.ts';
import { plantInput } from '../analysis/plant/plantResult.ts';
import { plantConfig } from '../config/analysis/plant.ts';
import { RESULT_FILE } from '../outputs/writeOutputs.ts';

export interface PlantCase {
  readonly category: string;
  readonly method: Method;
  /** Null for a model file, which has met no test images. */
  readonly condition: ThresholdCondition | null;
  readonly input: PlantInput;
}

export interface PlantSource {
  readonly cases: readonly PlantCase[];
  /** What is not said otherwise: the study's own line, or the default one. */
  readonly line: ProductionLine;
  readonly confidence: number;
}

const CONFIDENCE = 0.95;

/**
 * @param path a result document, the folder of a run, or a model file
 * @throws FlawmapError (input) naming the file that cannot be read
 */
export async function readPlantSource(path: string): Promise<PlantSource> {
  if (await isFolder(path)) return fromResult(await readResult(join(path, RESULT_FILE)));
  return extname(path).toLowerCase() === '.json'
    ? fromResult(await readResult(path))
    : fromModel(path);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw inputError({
      what: `cannot read ${path}`,
      expected: 'the result.json of a study, the folder of its run, or a model file',
      found: systemCode(error) ?? String(error),
      remedy: 'check the path',
      cause: error,
    });
  }
}

async function fromModel(path: string): Promise<PlantSource> {
  const { category, detector, calibration } = await readInspectorMetadata(path);
  const { image: own, images, counts } = calibration;
  const input: PlantInput = {
    own,
    goodImages: counts.normal,
    validation: {
      part: 'validation',
      scores: images.map(({ score }) => score),
      labels: images.map(({ label }) => (label === 'anomalous' ? 1 : 0)),
    },
    test: null,
  };
  return {
    cases: [{ category, method: detector.method, condition: null, input }],
    line: plantConfig.parse({}),
    confidence: CONFIDENCE,
  };
}

function fromResult({ analysis, experiments, config }: StudyResult): PlantSource {
  const settings = config as { analysis?: { plant?: unknown }; metrics?: { confidence?: unknown } };
  const line = plantConfig.safeParse(settings.analysis?.plant ?? {});
  const confidence = settings.metrics?.confidence;
  return {
    cases: casesOf({ analysis, experiments }),
    line: line.success ? line.data : plantConfig.parse({}),
    confidence: typeof confidence === 'number' ? confidence : CONFIDENCE,
  };
}

function casesOf({
  analysis,
  experiments,
}: Pick<StudyResult, 'analysis' | 'experiments'>): PlantCase[] {
  if (analysis.plant !== undefined) {
    return analysis.plant.flatMap(({ category, method, conditions }) =>
      conditions.map(({ condition, scores }) => ({
        category,
        method,
        condition,
        input: plantInput(scores),
      })),
    );
  }
  const {
    clean = [],
    shift_no_adaptation: none = [],
    shift_threshold_only: moved = [],
  } = experiments;
  return [clean, none, moved].flat().map(fromScenario);
}

/** Without that part of the analysis the scores of the validation images are gone. */
function fromScenario({
  category,
  method,
  scenario,
  runs,
  counts,
  images,
}: ScenarioResult): PlantCase {
  return {
    category,
    method,
    condition: scenario as ThresholdCondition,
    input: {
      own: runs[0]!.thresholds.chosen,
      goodImages: counts.validation.normal,
      validation: null,
      test: {
        part: 'test',
        scores: images.map(({ scores }) => scores[0]!),
        labels: images.map(({ label }) => (label === 'anomalous' ? 1 : 0)),
      },
    },
  };
}

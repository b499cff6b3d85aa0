/** Answers a plant's questions from a study or a model file. */
import { resolve } from 'node:path';
import { type PlantReport, plantReport } from '../../calibration/plant/plantReport.ts';
import { type ProductionLine, requireLine } from '../../calibration/plant/productionLine.ts';
import { usageError } from '../../core/error.ts';
import type { ThresholdCondition } from '../../result/analysis/thresholds.ts';
import type { Method } from '../../result/scenario.ts';
import { type PlantCase, readPlantSource } from './plantSource.ts';

export interface PlantOptions {
  /** A result document, the folder of a run, or a model file. */
  readonly source: string;
  /** What is known of the line; the rest is the study's, or a default. */
  readonly line: { readonly [K in keyof ProductionLine]?: ProductionLine[K] | undefined };
  /** Only this category, and only this method. */
  readonly category: string | undefined;
  readonly method: string | undefined;
}

export interface PlantAnswer {
  readonly category: string;
  readonly method: Method;
  /** Null for a model file, which has met no test images. */
  readonly condition: ThresholdCondition | null;
  /** The rule of the threshold that is called own. */
  readonly ownRule: PlantCase['input']['own']['rule'];
  readonly report: PlantReport;
}

export interface PlantAnswers {
  /** Absolute path. */
  readonly source: string;
  readonly line: ProductionLine;
  readonly confidence: number;
  readonly answers: readonly PlantAnswer[];
}

/**
 * @throws FlawmapError (input) for a file that cannot be read, (usage) for a line there cannot be
 * and for categories and methods that are not in it
 */
export async function answerPlant(options: PlantOptions): Promise<PlantAnswers> {
  const source = resolve(options.source);
  const { cases, line: assumed, confidence } = await readPlantSource(source);
  const given = Object.entries(options.line).filter(([, value]) => value !== undefined);
  const line: ProductionLine = { ...assumed, ...Object.fromEntries(given) };
  requireLine(line);
  const wanted = only(only(cases, 'category', options.category), 'method', options.method);
  return {
    source,
    line,
    confidence,
    answers: wanted.map(({ category, method, condition, input }) => ({
      category,
      method,
      condition,
      ownRule: input.own.rule,
      report: plantReport(input, line, confidence),
    })),
  };
}

function only(
  cases: readonly PlantCase[],
  key: 'category' | 'method',
  wanted: string | undefined,
): readonly PlantCase[] {
  if (wanted === undefined) return cases;
  const found = cases.filter((one) => one[key] === wanted);
  if (found.length > 0) return found;
  throw usageError({
    what: `there is no ${key} ${wanted}`,
    expected: [...new Set(cases.map((one) => one[key]))].join(', ') || 'an experiment',
    found: wanted,
    remedy: `leave --${key} out for all of them`,
  });
}

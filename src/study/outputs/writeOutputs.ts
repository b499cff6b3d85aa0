/** The files of a run, all of them functions of the result document. */
import { join } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { csvOfRecords } from '../../core/csv.ts';
import type { StudyResult } from '../../result/result.ts';
import type { ScenarioResult, Thresholds } from '../../result/scenario.ts';
import { analysisText } from './analysisText.ts';
import { globalRows, ladderRows, type Row, scenarioRows } from './tables.ts';

export const RESULT_FILE = 'result.json';
export const ANALYSIS_FILE = 'outputs/analysis.md';

/**
 * Writes `outputs/results`, `outputs/thresholds`, `outputs/analysis.md` and `result.json`, the last
 * of all.
 * @param run the run's folder
 * @returns what was written, relative to it
 */
export async function writeOutputs(
  run: string,
  result: StudyResult,
  { csv }: { readonly csv: boolean },
): Promise<string[]> {
  const written: string[] = [];
  const write = async (file: string, text: string) => {
    await writeFileAtomic(join(run, file), text);
    written.push(file);
  };
  for (const { name, value, rows } of experimentFiles(result)) {
    await write(`outputs/results/${name}_results.json`, json(value));
    if (csv) await write(`outputs/results/${name}_results.csv`, csvOfRecords(rows));
  }
  const {
    clean,
    shift_threshold_only: moved = [],
    shift_with_adaptation: refitted = [],
  } = result.experiments;
  if (clean) await write('outputs/thresholds/clean_thresholds.json', json(thresholds(clean)));
  if (moved.length + refitted.length > 0) {
    const shifted = { threshold_only: thresholds(moved), with_adaptation: thresholds(refitted) };
    await write('outputs/thresholds/shift_thresholds.json', json(shifted));
  }
  if (Object.keys(result.analysis).length > 0) {
    await write(ANALYSIS_FILE, analysisText(result.analysis, measuredParts(result)));
  }
  // Without line breaks: it holds hundreds of thousands of numbers.
  await write(RESULT_FILE, `${JSON.stringify(result)}\n`);
  return written;
}

function measuredParts({ measured }: StudyResult): Record<string, object[]> {
  return (measured as { readonly analysis?: Record<string, object[]> }).analysis ?? {};
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

interface ExperimentFile {
  readonly name: string;
  readonly value: unknown;
  readonly rows: readonly Row[];
}

function experimentFiles({ experiments }: StudyResult): ExperimentFile[] {
  const { adaptation_ladder: ladder, global, ...scenarios } = experiments;
  const files: ExperimentFile[] = Object.entries(scenarios).flatMap(([name, results]) =>
    results === undefined ? [] : [{ name, value: results, rows: scenarioRows(results) }],
  );
  if (ladder) files.push({ name: 'adaptation_ladder', value: ladder, rows: ladderRows(ladder) });
  if (global) files.push({ name: 'global', value: global, rows: globalRows(global) });
  return files;
}

/** By category and method, one for each seed. */
function thresholds(
  scenarios: readonly ScenarioResult[],
): Record<string, Record<string, readonly ({ readonly seed: number } & Thresholds)[]>> {
  const all: Record<
    string,
    Record<string, readonly ({ readonly seed: number } & Thresholds)[]>
  > = {};
  for (const { category, method, runs } of scenarios) {
    const own = all[category] ?? {};
    own[method] = runs.map(({ seed, thresholds: found }) => ({ seed, ...found }));
    all[category] = own;
  }
  return all;
}

/** What the parts of the analysis have measured of this machine: seconds and bytes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../artifacts/binaryFile.ts';
import { MEASURED } from '../kinds/scenario.ts';
import { partOf } from '../plan/analysis/planAnalysis.ts';
import type { Computed } from './computed.ts';

/** By part, in the order of the plan. */
export async function measuredAnalysis(
  computed: readonly Computed[],
): Promise<Record<string, unknown[]>> {
  const measured: Record<string, unknown[]> = {};
  for (const { job, artifact } of computed) {
    const part = partOf(job);
    const file = join(artifact.folder, MEASURED);
    if (part === undefined || !existsSync(file)) continue;
    measured[part] ??= [];
    measured[part].push(await readJson(file));
  }
  return measured;
}

import { join } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { csvOfRecords } from '../../core/csv.ts';
import { drawPlot } from '../../report/plots/drawPlot.ts';
import { type GrowthRow, growthPlot } from '../../report/plots/growthPlot.ts';
import { PAPER_THEME } from '../../report/plots/plotTheme.ts';
import type { StudyGrowth } from './simulateStudy.ts';

/**
 * Writes `growth.json`, `growth.csv` and the drawing `growth.svg`.
 * @returns their names
 */
export async function writeGrowth(
  folder: string,
  growth: StudyGrowth,
  sentence: string,
): Promise<readonly string[]> {
  const rows = growth.points.flatMap(({ workers, seconds, secondsWithoutStore }): GrowthRow[] => [
    { workers, seconds, series: 'simulated' },
    { workers, seconds: secondsWithoutStore, series: 'if nothing took time to travel' },
    {
      workers,
      seconds: Math.max(growth.workSeconds / workers, growth.criticalPath.seconds),
      series: 'no faster than',
    },
  ]);
  const title = `Study of ${growth.categories.simulated} categories`;
  const files = {
    'growth.json': `${JSON.stringify(growth, null, 2)}\n`,
    'growth.csv': csvOfRecords(growth.points.map((point) => ({ ...point }))),
    'growth.svg': await drawPlot(growthPlot({ id: 'growth', title, sentence }, rows), PAPER_THEME),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFileAtomic(join(folder, name), content);
  }
  return Object.keys(files);
}

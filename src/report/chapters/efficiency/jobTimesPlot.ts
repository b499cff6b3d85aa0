/** What the time of a study went into. */

import type { Plot } from '../../plots/plot.ts';
import { stackedBars } from '../../plots/stackedBars.ts';
import type { StageTime } from './stageTimes.ts';

/** @param stages at least one, the longest first */
export function jobTimesPlot(stages: readonly StageTime[]): Plot {
  const all = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const longest = stages[0]!;
  const share = all === 0 ? 0 : Math.round((100 * longest.seconds) / all);
  const sentence = `Seconds of work, summed over jobs that may have run side by side, some of them in earlier runs: ${Math.round(all)} in all, of which ${longest.stage} took ${share}%.`;
  const bars = stages.map(({ stage, seconds }) => ({
    panel: 'Work of the study',
    label: stage,
    part: 'seconds',
    value: seconds,
  }));
  return stackedBars({ id: 'job-times', title: 'Time by stage', sentence }, bars, {
    title: 'Seconds',
    parts: [{ name: 'seconds', colour: ({ series }) => series[0]! }],
  });
}

/** The time of an image, step by step, a panel for each method. */
import { type MeasuredEfficiency, TIMED_STEPS } from '../../result/analysis/efficiency.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Plot } from './plot.ts';
import { stackedBars } from './stackedBars.ts';

/** The sentences say which part of the time each step takes. */
export function latencyPlot(timed: readonly MeasuredEfficiency[]): Plot {
  const bars = timed.flatMap(({ category, method, steps }) =>
    steps.data
      .filter(({ step }) => step !== 'total')
      .map(({ step, mean }) => ({
        panel: METHOD_TITLES[method],
        label: category,
        part: step,
        value: mean,
      })),
  );
  const [slowest] = [...timed].sort((a, b) => totalOf(b) - totalOf(a));
  const sentence = `Means over images, step after step. The slowest: ${slowest!.category} with ${METHOD_TITLES[slowest!.method]}. ${slowest!.steps.sentence}`;
  const steps = TIMED_STEPS.filter((step) => step !== 'total');
  return stackedBars({ id: 'latency-steps', title: 'Time for an image', sentence }, bars, {
    title: 'Milliseconds an image, mean',
    parts: steps.map((name, place) => ({ name, colour: ({ series }) => series[place]! })),
  });
}

const totalOf = ({ steps }: MeasuredEfficiency): number =>
  steps.data.find(({ step }) => step === 'total')?.mean ?? 0;

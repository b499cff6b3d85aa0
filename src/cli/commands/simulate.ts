import { usageError } from '../../core/error.ts';
import { defineCommand } from '../command.ts';
import { argument, list, number, text } from '../parameters.ts';

const MOST_WORKERS = 4096;

export const simulateCommand = defineCommand({
  name: 'simulate',
  summary: 'how long a study would take on many machines, from what its jobs took here',
  description: `Plays a study's jobs through on so many workers, in the order in which they would be taken, with the
times that a run of it has measured. Says how long it would take, which chain of jobs it cannot be
faster than, and from how many workers on the store that they share holds them up. Computes nothing
else, and needs no queue.

Categories that were not measured take the times of those that were, drawn at random under --seed. Each
worker is as fast as what measured the times: run the study with --workers 1 for machines like this one.`,
  arguments: {
    config: argument('the configuration of a study that has run, a YAML file'),
  },
  options: {
    run: text('--run <dir>', "the run's folder (default: runs/NAME)"),
    workers: list('--workers <numbers>', 'to try (default: 1,2,4,8,16,32,64,128,256)'),
    categories: number('--categories <n>', 'of the study simulated', {
      ...{ min: 1, max: 1000, integer: true, default: 15 },
    }),
    bandwidth: number('--bandwidth <MB/s>', 'of the store, all workers together', {
      ...{ min: 0.001, default: 1000 },
    }),
    workerBandwidth: number('--worker-bandwidth <MB/s>', 'of one worker', {
      ...{ min: 0.001, default: 100 },
    }),
    latency: number('--latency <ms>', 'until the store answers', { min: 0, default: 20 }),
    overhead: number('--overhead <ms>', 'of each job besides its work', { min: 0, default: 50 }),
    seed: number('--seed <n>', 'of the times drawn', { min: 0, integer: true, default: 42 }),
    out: text('--out <dir>', 'write growth.svg, growth.csv and growth.json there'),
  },
  json: true,
  examples: [
    {
      command: 'simulate configs/shared.yaml',
      explanation: 'Fifteen categories like those measured, on 1 to 256 workers',
    },
    {
      command:
        'simulate mine.yaml --categories 200 --workers 10,20,40 --bandwidth 125 --out growth',
      explanation: 'With a store behind a gigabit, drawn in growth/growth.svg',
    },
  ],
  async run(
    { control, print, paint },
    { config, run, workers, categories, bandwidth, workerBandwidth, latency, ...options },
  ) {
    const { simulateStudy } = await import('../../study/simulate/simulateStudy.ts');
    const { describeGrowth, sayGrowth } = await import('../describe/describeGrowth.ts');
    const growth = await simulateStudy(
      {
        config,
        out: run,
        categories,
        workers: workersOf(workers ?? []),
        store: {
          bandwidth: 1e6 * bandwidth,
          workerBandwidth: 1e6 * workerBandwidth,
          latencySeconds: latency / 1000,
        },
        overheadSeconds: options.overhead / 1000,
        seed: options.seed,
      },
      control,
    );
    print(describeGrowth(growth, paint));
    if (options.out !== undefined) {
      const { writeGrowth } = await import('../../study/simulate/writeGrowth.ts');
      const files = await writeGrowth(options.out, growth, sayGrowth(growth));
      print(`\n${files.join(', ')} are in ${options.out}`);
    }
    return { json: growth };
  },
});

function workersOf(given: readonly string[]): number[] {
  if (given.length === 0) return Array.from({ length: 9 }, (_, power) => 2 ** power);
  const numbers = given.map(Number);
  const wrong = numbers.findIndex((n) => !(Number.isInteger(n) && n >= 1 && n <= MOST_WORKERS));
  if (wrong < 0) return [...new Set(numbers)].sort((a, b) => a - b);
  throw usageError({
    what: '--workers was given a value it cannot take',
    expected: `whole numbers from 1 to ${MOST_WORKERS}, separated by commas`,
    found: given[wrong]!,
  });
}

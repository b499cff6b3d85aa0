import { defineCommand } from '../command.ts';
import { number, text } from '../parameters.ts';

export const datasetSynthCommand = defineCommand({
  name: 'dataset synth',
  summary: 'paint a data set of hazelnuts, carpet and zippers with exact masks',
  description:
    'Needs no download, is free of licences, and is the same on every machine for one seed. For trying flawmap out; results on it say nothing about your product.',
  options: {
    out: text('--out <dir>', 'the folder to make', { required: true }),
    seed: number('--seed <n>', 'other seeds give other images', {
      min: 0,
      integer: true,
      default: 42,
    }),
    size: number('--size <pixels>', 'width and height of the images', {
      min: 64,
      max: 4096,
      integer: true,
      default: 256,
    }),
    count: number('--count <n>', 'training images of each category', {
      min: 2,
      max: 1_000_000,
      integer: true,
      default: 60,
    }),
  },
  json: true,
  examples: [
    { command: 'dataset synth --out synthetic', explanation: 'Three categories of 110 images' },
    {
      command: 'dataset synth --out large --size 1024 --count 200',
      explanation: 'Larger and more',
    },
  ],
  async run({ control, print }, options) {
    const { writeSyntheticDataset } = await import('../../data/synthetic/writeSyntheticDataset.ts');
    const { shellWord } = await import('../describe/shellWord.ts');
    const summary = await writeSyntheticDataset({ ...options, ...control });
    const { categories, train, good, anomalous } = summary;
    const first = categories[0];
    print(`${summary.out}: ${categories.join(', ')}`);
    print(`  each: ${train} good to train on, ${good} good and ${anomalous} defective to test on`);
    print(`\nNext:\n  flawmap fit ${shellWord(options.out)} --category ${first} -o ${first}.onnx`);
    return { json: summary };
  },
});

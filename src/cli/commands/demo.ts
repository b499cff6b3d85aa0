import { defineCommand } from '../command.ts';
import { number, text } from '../parameters.ts';

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'show the whole job on painted products: fit, evaluate, pictures',
  description: `Paints hazelnuts, carpet and zippers, learns each from 60 good images on the built-in backbone,
judges 50 others and draws what it found. Needs no network and no data; takes a minute or two.
Run again, it uses the images that are there.`,
  options: {
    out: text('--out <dir>', 'where everything goes', { default: 'flawmap-demo' }),
    seed: number('--seed <n>', 'of the images and the fits', {
      min: 0,
      integer: true,
      default: 42,
    }),
  },
  json: true,
  examples: [{ command: 'demo', explanation: 'Look at the pictures in flawmap-demo afterwards' }],
  async run({ control, print, paint }, { out, seed }) {
    const { demo } = await import('../../inspection/demo.ts');
    const { describeDemo } = await import('../describe/describeDemo.ts');
    const result = await demo({ out, seed }, control);
    print(describeDemo(result, paint));
    return { json: result };
  },
});

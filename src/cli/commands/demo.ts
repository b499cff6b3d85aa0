import { defineCommand } from '../command.ts';
import { number, text } from '../parameters.ts';

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'show the whole job on painted products: a small study, with pictures',
  description: `Paints hazelnuts, carpet and zippers, fits PatchCore and PaDiM to each on the built-in backbone,
changes the light, and measures what that costs and what repairs it (configs/demo.yaml). Draws what
was found. Needs no network and no data; takes two minutes or so. Run again, it uses what is there.`,
  options: {
    out: text('--out <dir>', 'where everything goes', { default: 'flawmap-demo' }),
    workers: number('--workers <n>', 'processes that work side by side (default: one a core)', {
      min: 1,
      max: 64,
      integer: true,
    }),
  },
  json: true,
  examples: [{ command: 'demo', explanation: 'Then open flawmap-demo/report/report.html' }],
  async run({ control, print, paint }, options) {
    const { demo } = await import('../../study/demo.ts');
    const { describeDemo } = await import('../describe/describeDemo.ts');
    const result = await demo(options, control);
    print(describeDemo(result, paint));
    return { json: result };
  },
});

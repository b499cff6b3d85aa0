import { usageError } from '../../core/error.ts';
import { defineCommand } from '../command.ts';
import { argument, flag, text, variadicArgument } from '../parameters.ts';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'a smaller copy of a model, and what that costs',
  description: `Writes a copy of the model with its weights and its memory in half precision: about half the size,
for pages that download it and devices that are short of room. It runs wherever the model runs and
still computes in float32, so it is as fast.

Both judge the images given: told are the largest difference of a score and every verdict that
changes. Thresholds stay as they are. Take images near the threshold as well as good ones.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('photographs that both models judge, and folders of them'),
  },
  options: {
    half: flag('--half', 'store weights and memory in half precision'),
    out: text('-o, --out <file>', 'the copy (default: MODEL-half.onnx)'),
  },
  json: true,
  examples: [
    {
      command: 'export bottle.onnx data/bottle/test --half',
      explanation: 'Writes bottle-half.onnx; says by how much its scores differ on the test images',
    },
  ],
  async run({ control, print, paint, log }, { model, images, half, out }) {
    if (!half) {
      throw usageError({
        what: 'nothing says what the copy should be like',
        expected: '--half',
        found: 'no option',
        remedy: 'to copy a model as it is, copy its file: it holds everything',
      });
    }
    const { exportHalf } = await import('../../inspection/export/exportHalf.ts');
    const { describeExport } = await import('../describe/describeExport.ts');
    const { describeSkipped } = await import('../describe/describeSkipped.ts');
    const file = out ?? `${model.replace(/\.onnx$/i, '')}-half.onnx`;
    const report = await exportHalf({ model, paths: images, out: file }, control);
    const skipped = describeSkipped(report.skipped);
    if (skipped !== undefined) log.warn(skipped);
    print(describeExport(report, paint));
    return { json: report };
  },
});

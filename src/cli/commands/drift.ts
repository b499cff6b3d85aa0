import { defineCommand } from '../command.ts';
import { argument, number, variadicArgument } from '../parameters.ts';

/** Below, ranks among the calibration images say little for long. */
const FEW = 20;

export const driftCommand = defineCommand({
  name: 'drift',
  summary: 'have light, focus or camera changed since the model was calibrated?',
  description: `Compares photographs with the calibration images, whose numbers lie in the file: brightness,
contrast, saturation, sharpness and noise of the median part of the image, and where the light comes
from. No labels are needed; flaws, in few parts of an image, count little.

The photographs are taken in the order of their paths. A conformal test martingale watches them one
by one and says since when conditions have been different; the energy distance compares all of them
at once. Together they raise a false alarm with at most the probability of --false-alarm, as long as
unchanged photographs are like the calibration images. Exit code 1 says that conditions have
changed.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('photographs, and folders of photographs'),
  },
  options: {
    falseAlarm: number('--false-alarm <share>', 'highest probability of a false alarm', {
      ...{ min: 0, max: 1, between: true, default: 0.01 },
    }),
  },
  json: true,
  examples: [
    {
      command: 'drift bottle.onnx photos/today',
      explanation: 'Has anything changed, since which photograph, and what',
    },
    {
      command: 'drift bottle.onnx photos/today --json',
      explanation: 'With the martingale and the conditions of every photograph',
    },
  ],
  async run({ control, log, print, paint }, { model, images, falseAlarm }) {
    const { drift } = await import('../../inspection/drift/drift.ts');
    const { describeDrift } = await import('../describe/describeDrift.ts');
    const { describeSkipped } = await import('../describe/describeSkipped.ts');
    const report = await drift({ model, paths: images, falseAlarm }, control);
    const skipped = describeSkipped(report.skipped);
    if (skipped !== undefined) log.warn(skipped);
    if (report.reference < FEW) {
      log.warn(
        `the model has only ${report.reference} calibration images: changes are found late or not at all`,
      );
    }
    print(describeDrift(report, paint));
    return { json: report, problemsFound: report.changed };
  },
});

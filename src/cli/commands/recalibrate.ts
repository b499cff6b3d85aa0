import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, number, variadicArgument } from '../parameters.ts';

export const recalibrateCommand = defineCommand({
  name: 'recalibrate',
  summary: 'set the threshold of a model anew, from good images alone',
  description: `Scores the images and sets the threshold so that a new image taken like them exceeds it with at
most the false positive rate stated. What the model has learnt stays as it is: under a new lamp this
stops false alarms, but flaws found before may pass. \`flawmap update\` does both.

Images that do not look like the rest of the batch are set aside and named; they count as above the
threshold, so that its promise holds. Images that the model has learnt from are left out. The version
before is kept, see \`flawmap history\`.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('good images that are new to the model, and folders of them'),
  },
  options: {
    fpr: number(
      '--fpr <share>',
      'false positive rate to promise (default: as before, or the least that the images allow)',
      { min: 0, max: 1 },
    ),
    device: deviceOption,
  },
  json: true,
  examples: [
    {
      command: 'recalibrate bottle.onnx photos/today',
      explanation: 'With 19 images or more at most 5% of good ones are flagged, on average',
    },
    {
      command: 'recalibrate bottle.onnx photos/today --fpr 0.01',
      explanation: 'At most 1%: refused with fewer than 99',
    },
  ],
  async run({ control, log, print, paint }, { model, images, fpr, device }) {
    await useDevice(device, { log });
    const { recalibrate } = await import('../../inspection/upkeep/recalibrate.ts');
    const { describeUpkeep, upkeepWarnings } = await import('../describe/describeUpkeep.ts');
    const report = await recalibrate({ model, paths: images, fpr }, control);
    for (const warning of upkeepWarnings(report)) log.warn(warning);
    print(describeUpkeep(report, paint));
    return { json: report };
  },
});

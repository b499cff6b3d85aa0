import { defineCommand } from '../command.ts';
import { useDevice } from '../device.ts';
import { tellUpkeep, upkeepParameters } from '../upkeepCommand.ts';

export const recalibrateCommand = defineCommand({
  name: 'recalibrate',
  summary: 'set the threshold of a model anew, from good images alone',
  description: `Scores the images and sets the threshold so that a new image taken like them exceeds it with at
most the false positive rate stated. What the model has learnt stays as it is: under a new lamp this
stops false alarms, but flaws found before may pass. \`flawmap update\` does both.

Images that do not look like the rest of the batch are set aside and named; they count as above the
threshold, so that its promise holds. Images that the model has learnt from are left out. The version
before is kept, see \`flawmap history\`.`,
  ...upkeepParameters,
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
  async run(context, { model, images, fpr, device }) {
    await useDevice(device, context);
    // It loads onnxruntime meanwhile.
    (await import('../../tensor/session/threadSession.ts')).prepareThread();
    const { recalibrate } = await import('../../inspection/upkeep/recalibrate.ts');
    return tellUpkeep(await recalibrate({ model, paths: images, fpr }, context.control), context);
  },
});

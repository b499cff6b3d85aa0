import { defineCommand } from '../command.ts';
import { useDevice } from '../device.ts';
import { tellUpkeep, upkeepParameters } from '../upkeepCommand.ts';

export const updateCommand = defineCommand({
  name: 'update',
  summary: 'let new good images join a model, in seconds and without a fit',
  description: `For when products or conditions have changed: new good images are added to what the model has
learnt, and others of them set the threshold anew. PatchCore's bank gets the patches that it does not
cover yet; PaDiM's Gaussians take the images in. Nothing else is needed: no training images, no
weights.

No image does both: a seeded draw of them calibrates, as many as the false positive rate takes and a
fifth at least; the others join. Images that do not look like the rest of the batch are set aside and
named. They do not join, and count as above the threshold, so that its promise holds.

The file is replaced as a whole; the version before is kept in MODEL.onnx.versions, and \`flawmap
history\` goes back to it.`,
  ...upkeepParameters,
  examples: [
    {
      command: 'update bottle.onnx photos/new-lamp',
      explanation: 'Some join, some calibrate; 24 are the least for a promise of 5%',
    },
    {
      command: 'update bottle.onnx photos/new-lamp --fpr 0.01 --json',
      explanation: 'Refused with fewer than 104; what was done as JSON',
    },
  ],
  async run(context, { model, images, fpr, device }) {
    await useDevice(device, context);
    // It loads onnxruntime meanwhile.
    (await import('../../tensor/session/threadSession.ts')).prepareThread();
    const { update } = await import('../../inspection/upkeep/update.ts');
    return tellUpkeep(await update({ model, paths: images, fpr }, context.control), context);
  },
});

import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { ignoredPart } from '../ignoredPart.ts';
import { argument, rectangle, text } from '../parameters.ts';

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: 'measure on labelled test images how well flaws are found',
  description: `Image metrics use every test image, at the threshold stored in the file. Pixel metrics (AUROC,
average precision, PRO up to a false positive rate of 30%) use the images whose truth is known:
the normal ones and those with a mask in ground_truth. The times are of each step of the
detector, run one after the other. Beside the verdicts by the threshold alone it counts those that
predict gives: how many it leaves to people, unsure or not judged, and the accuracy of the rest.

With --roi and --ignore all of it is of a part of the photographs; flaws outside count as not found.`,
  arguments: {
    model: argument('file made by `flawmap fit`'),
    data: argument('folder with test/good, test/DEFECT and ground_truth, or of such categories'),
  },
  options: {
    category: text(
      '--category <name>',
      'which category, where DATA holds several (default: the one fitted on)',
    ),
    roi: rectangle('--roi <x,y,w,h>', 'look only at this rectangle, in pixels of the photographs'),
    ignore: ignoredPart(
      '--ignore <file|x,y,w,h>',
      'where not to look: a rectangle, or a mask that is not black there; may be repeated',
    ),
    device: deviceOption,
  },
  json: true,
  examples: [
    {
      command: 'evaluate bottle.onnx data --category bottle',
      explanation: 'All metrics on data/bottle/test',
    },
    {
      command: 'evaluate bottle.onnx data --category bottle --json',
      explanation: 'With the score of every image: image.auroc, pixel.pro, perDefect, timing',
    },
  ],
  async run({ control, log, print, paint }, { device, ...options }) {
    await useDevice(device, { log });
    const { evaluate } = await import('../../inspection/evaluate.ts');
    const { describeEvaluation } = await import('../describe/describeEvaluation.ts');
    const evaluation = await evaluate(options, control);
    const { category, fittedOn } = evaluation;
    if (category !== fittedOn) log.warn(`the model was fitted on ${fittedOn}, not on ${category}`);
    print(describeEvaluation(evaluation, paint));
    return { json: evaluation };
  },
});

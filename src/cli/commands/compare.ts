import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, number, text } from '../parameters.ts';

export const compareCommand = defineCommand({
  name: 'compare',
  summary: "may a new model take an old one's place?",
  description: `Both models judge the same labelled test images. Told are the verdicts that differ, the metrics
side by side, and how sure the differences are: the paired bootstrap and DeLong's test of AUROC,
McNemar's exact test of verdicts.

Exit code 1 says that the new model is not to be taken: it loses more than --tolerance of AUROC or of
balanced accuracy, or judges an image of --golden wrongly. Golden images are those that must never be
judged wrongly: good/ must be normal, what is in any other folder anomalous.`,
  arguments: {
    old: argument('the model in use'),
    new: argument('the model that is to follow it'),
    data: argument('folder with test/good and test/DEFECT, or of such categories'),
  },
  options: {
    category: text(
      '--category <name>',
      'which category, where DATA holds several (default: the one fitted on)',
    ),
    golden: text('--golden <dir>', 'images that must be judged rightly: good/ and other folders'),
    tolerance: number('--tolerance <share>', 'what AUROC and balanced accuracy may lose', {
      min: 0,
      max: 1,
      default: 0.01,
    }),
    out: text('--out <dir>', 'pictures of the images judged differently: photograph and both maps'),
    device: deviceOption,
  },
  json: true,
  examples: [
    {
      command: 'compare bottle.onnx.versions/0001-1a2b3c4d.onnx bottle.onnx data --golden golden',
      explanation: 'After an update, against the version before it',
    },
    {
      command: 'compare old.onnx new.onnx data --tolerance 0 --out flipped',
      explanation: 'No loss at all; then look at what changed',
    },
  ],
  async run({ control, log, print, paint }, { device, ...options }) {
    await useDevice(device, { log });
    const { compare } = await import('../../inspection/compare/compare.ts');
    const { describeComparison } = await import('../describe/describeComparison.ts');
    const comparison = await compare(options, control);
    print(describeComparison(comparison, paint));
    return { json: comparison, problemsFound: comparison.objections.length > 0 };
  },
});

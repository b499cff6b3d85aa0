import { defineCommand } from '../command.ts';
import { argument, number, text } from '../parameters.ts';

export const plantCommand = defineCommand({
  name: 'plant',
  summary: 'what escapes, what is falsely rejected and what it costs, a day on your line',
  description: `From a study, thresholds come from validation images and are judged on test images: clean, shifted,
and shifted with thresholds set anew. From a model file, which has met no test images, each
calibration image is judged by the threshold that the others choose, and a threshold from good
images alone is taken at its promise.

Numbers that are not given are those of the study's configuration (analysis.plant), or 20,000 parts,
0.2% defective, 50 for an escape and 0.4 for a false reject. All of it assumes parts and defects like
those in the images.`,
  arguments: {
    source: argument("a study's result.json or run folder, or a file made by `flawmap fit`"),
  },
  options: {
    partsPerDay: number('--parts-per-day <n>', 'parts the line makes a day', {}),
    defectRate: number('--defect-rate <share>', 'share of them that is defective', {}),
    escapeCost: number('--escape-cost <amount>', 'of a defective part that passes', {}),
    falseRejectCost: number('--false-reject-cost <amount>', 'of a good part that is rejected', {}),
    currency: text('--currency <name>', 'what costs are counted in, to be shown with them'),
    fpr: number('--fpr <share>', 'share of good parts that may be rejected, to be promised', {}),
    category: text('--category <name>', 'only this category of a study'),
    method: text('--method <name>', 'only this method of a study: patchcore, padim'),
  },
  json: true,
  examples: [
    {
      command: 'plant runs/demo --parts-per-day 20000 --defect-rate 0.002',
      explanation: 'Every model of a study, on clean and shifted images',
    },
    {
      command: 'plant bottle.onnx --escape-cost 50 --false-reject-cost 0.4 --fpr 0.01',
      explanation: 'One model, and how many good images a promise of 1% still takes',
    },
  ],
  async run({ print, paint }, { source, category, method, fpr, ...line }) {
    const { answerPlant } = await import('../../study/plant/answerPlant.ts');
    const { describePlant } = await import('../describe/describePlant.ts');
    const answers = await answerPlant({
      source,
      category,
      method,
      line: { ...line, promisedFpr: fpr },
    });
    print(describePlant(answers, paint));
    return { json: answers };
  },
});

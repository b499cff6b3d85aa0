import { HIGHEST_SEVERITY } from '../../shift/preset.ts';
import { PRESET_NAMES } from '../../shift/presets.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, number, text } from '../parameters.ts';

export const shiftCommand = defineCommand({
  name: 'shift',
  summary: 'the same data set under other imaging conditions, to test on',
  description: `Turns, crops and moves images together with their masks, and changes colour, light, sharpness
and noise. Every image has a draw of its own, which depends on the seed and the image's name only.
Writes PNG files in the MVTec AD layout, the parameters of every image (shift.json) and a contact
sheet of some images before and after (shift.png).

seed: turned by up to 10 degrees, cropped to 90-100% of each side, moved by up to 5%; brightness,
contrast and saturation times 0.7 to 1.3; light that changes over the image by up to 30% (from a
side, a spot, darker corners); blur of 3 to 5 pixels at 256; noise of 1 to 5% of full scale.

mild, moderate, severe: the ranges of seed times 0.5, 0.75 and 1.5. Some of its transforms:
geometric (rotation, crop, translation), photometric (brightness, contrast, saturation) and
illumination (the two gradients and the vignette). Each of them alone: rotation to noise, as listed
below. rd-mvtec: turned by up to 10 degrees and cropped to 7/8, as in PaDiM's paper.

corruption-brightness, -contrast, -defocus, -noise: those of ImageNet-C, at its severities 1 to 5;
corruptions: one of these four for each image.

A geometry that loses more than half of a masked defect is drawn again. Where there is no mask, that
cannot be seen, and such images are counted.`,
  arguments: { data: argument('folder of one category, or of several') },
  options: {
    preset: choice('--preset <name>', 'what changes', PRESET_NAMES, { default: 'seed' }),
    out: text('--out <dir>', 'the folder to make', { required: true }),
    category: text('--category <name>', 'only this one, where DATA holds several'),
    severity: number(
      '--severity <n>',
      `0 changes nothing; up to ${HIGHEST_SEVERITY.ranges} times the preset's ranges, or a corruption's severity up to ${HIGHEST_SEVERITY.corruptions}`,
      { min: 0, max: HIGHEST_SEVERITY.corruptions, default: 1 },
    ),
    seed: number('--seed <n>', 'other seeds give other draws', {
      min: 0,
      integer: true,
      default: 42,
    }),
    lamp: text(
      '--lamp <name>',
      'one draw for all images, of what changes with a lamp: nothing is turned, cropped or moved',
    ),
  },
  json: true,
  examples: [
    {
      command: 'shift data --preset seed --out data/shifted',
      explanation: 'All categories; then look at data/shifted/shift.png',
    },
    {
      command: 'shift data --category bottle --lamp b --out lamp-b',
      explanation: 'All bottles under one other lamp',
    },
    {
      command: 'shift data --preset corruption-defocus --severity 3 --out defocused',
      explanation: 'A corruption of ImageNet-C',
    },
  ],
  async run({ control, print, paint }, options) {
    const { writeShiftedDataset } = await import('../../shift/writeShiftedDataset.ts');
    const { describeShift } = await import('../describe/describeShift.ts');
    const report = await writeShiftedDataset(options, control);
    print(describeShift(report, paint));
    return { json: report };
  },
});

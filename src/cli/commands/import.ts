import { IMPORT_FORMATS } from '../../data/import/importFormat.ts';
import { defineCommand } from '../command.ts';
import { argument, choice, flag, text } from '../parameters.ts';

export const importCommand = defineCommand({
  name: 'import',
  summary: "bring somebody else's data set into the layout flawmap reads",
  description: `Reads MVTec AD, MPDD, VisA, BTAD, KolektorSDD and KolektorSDD2 as published, COCO annotations
(polygons and run lengths) and labelme files (polygon, rectangle, circle), and writes train/good,
test/DEFECT and ground_truth/DEFECT, with import.json, which tells where each file came from. The
source is only read.

Where the source does not part its images, defective ones are to test on, and so is every fifth
normal one; pieces photographed several times stay together.`,
  arguments: { source: argument('folder of the data set') },
  options: {
    out: text('--out <dir>', 'the folder to make', { required: true }),
    format: choice('--format <name>', 'how the source is laid out', ['auto', ...IMPORT_FORMATS], {
      default: 'auto',
    }),
    link: flag('--link', 'hard links instead of copies of the images'),
  },
  json: true,
  examples: [
    {
      command: 'import VisA_20220922 --out data/visa',
      explanation: 'Says what it was taken for, and why',
    },
    {
      command: 'import labelled --format labelme --out data/part --link',
      explanation: 'Polygons become masks; the photographs take no more room',
    },
  ],
  async run({ control, log, print }, options) {
    const { importDataset } = await import('../../data/import/importDataset.ts');
    const { describeImport } = await import('../describe/describeImport.ts');
    const report = await importDataset(options, control);
    for (const { message, remedy } of report.warnings) log.warn(`${message}\n  to do: ${remedy}`);
    print(describeImport(report));
    return { json: report };
  },
});

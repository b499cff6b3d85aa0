import { defineCommand } from '../command.ts';
import { argument } from '../parameters.ts';

export const datasetVerifyCommand = defineCommand({
  name: 'dataset verify',
  summary: 'check a data set: counts, masks, unreadable files, duplicates',
  description:
    'Opens every image and mask. Ends with exit code 1 when there are errors; warnings alone are no error.',
  arguments: { data: argument('folder of one category, or of several') },
  json: true,
  examples: [
    { command: 'dataset verify data', explanation: 'A table of what is there, then what is wrong' },
  ],
  async run({ control, print, paint }, { data }) {
    const { verifyDataset } = await import('../../data/verifyDataset.ts');
    const { describeDataset } = await import('../describe/describeDataset.ts');
    const report = await verifyDataset(data, control);
    print(describeDataset(report, paint));
    return { json: report, problemsFound: !report.ok };
  },
});

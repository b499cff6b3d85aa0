import { defineCommand } from '../command.ts';
import { argument, text } from '../parameters.ts';

export const exploreCommand = defineCommand({
  name: 'explore',
  summary: 'what a data set is like: counts, sizes, masks, brightness and contrast',
  description: `Opens every image and mask. Brightness is the mean luminance of an image, contrast its standard
deviation, both on the scale from 0 to 255. With --out it writes the same as exploration.json, and
for each category a contact sheet with some images of every class, the outlines of masks drawn in.
Whether something is wrong with the data is told by \`flawmap dataset verify\`.`,
  arguments: { data: argument('folder of one category, or of several') },
  options: {
    category: text('--category <name>', 'only this one, where DATA holds several'),
    out: text('--out <dir>', 'where exploration.json and the contact sheets go'),
  },
  json: true,
  examples: [
    { command: 'explore data', explanation: 'A table for each category' },
    {
      command: 'explore data --category bottle --out look',
      explanation: 'Then look at look/bottle.png',
    },
  ],
  async run({ control, print, paint }, { data, category, out }) {
    const { explore } = await import('../../data/explore/explore.ts');
    const { describeExploration } = await import('../describe/describeExploration.ts');
    const exploration = await explore(data, category, control);
    print(describeExploration(exploration, paint));
    if (out !== undefined) {
      const { writeExploration } = await import('../../data/explore/writeExploration.ts');
      const { describeFiles } = await import('../describe/describeExploration.ts');
      print(describeFiles(await writeExploration(exploration, { data, category, out }, control)));
    }
    return { json: exploration };
  },
});

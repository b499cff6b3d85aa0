import { describe, expect, test } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { drawPlot } from '../plots/drawPlot.ts';
import { PAPER_THEME } from '../plots/plotTheme.ts';
import { dataExploration } from './dataExploration.ts';

const plotsOf = (chapter: NonNullable<ReturnType<typeof dataExploration>>) =>
  chapter.blocks.flatMap((block) => (block.kind === 'plot' ? [block.plot] : []));

describe('dataExploration', () => {
  test('counts images, and shows examples of every type', async () => {
    const chapter = dataExploration(reportInput())!;
    // 16 good ones to learn from, 5 good and 8 defective to test on, of each of two categories.
    expect(chapter.lead).toContain(
      '58 images of hazelnut and zipper: 32 good ones to learn from, 10 good and 16 defective ones',
    );
    const [table] = chapter.blocks.flatMap((block) =>
      block.kind === 'table' ? [block.table] : [],
    );
    expect(table!.rows[0]!.slice(1, 4)).toMatchObject([{ value: 16 }, { value: 5 }, { value: 8 }]);
    const [tabs] = chapter.blocks.flatMap((block) => (block.kind === 'tabs' ? [block] : []));
    expect(tabs!.tabs.map(({ title }) => title)).toEqual(['hazelnut', 'zipper']);
    const plots = plotsOf(chapter);
    expect(plots.map(({ id }) => id)).toEqual([
      'defect-types',
      'image-brightness',
      'image-contrast',
      'mask-area',
    ]);
    for (const plot of plots) expect(await drawPlot(plot, PAPER_THEME)).not.toContain('NaN');
  });

  test('without exploration has the counts of the split, and says so', () => {
    const { categories } = reportResult();
    const bare = categories.map((category) => ({ ...category, exploration: null }));
    const chapter = dataExploration({
      ...reportInput({ categories: bare }),
      pictures: NO_PICTURES,
    })!;
    expect(chapter.lead).toContain('32 good ones to learn from, 10 good and 16 defective ones');
    expect(chapter.lead).toContain('was not explored');
    expect(plotsOf(chapter)).toEqual([]);
  });

  test('without categories there is no chapter', () => {
    expect(dataExploration(reportInput({ categories: [] }))).toBeNull();
  });

  test('tells of masks that are missing, mixed sizes and unreadable files', () => {
    const { categories } = reportResult();
    const [first] = categories;
    const explored = first!.exploration!.categories[0]!;
    const changed = {
      ...explored,
      classes: explored.classes.map((own) => ({
        ...own,
        masks: own.masks && { ...own.masks, present: 0, areaShare: null },
      })),
      mixedSizes: true,
      sizes: [...explored.sizes, { width: 10, height: 10, images: 1 }],
      unreadable: [{ path: 'test/good/9.png', reason: 'cut short' }],
    };
    const category = { ...first!, name: 'nut', exploration: { categories: [changed] } };
    const chapter = dataExploration(reportInput({ categories: [category] }))!;
    const notes = chapter.blocks.flatMap((block) => (block.kind === 'prose' ? [block.text] : []));
    expect(chapter.lead).toContain('0 of the 8 defective images have a mask');
    expect(notes.join(' ')).toContain('No defective image of nut has a mask');
    expect(notes.join(' ')).toContain('have 2 sizes');
    expect(notes.join(' ')).toContain('test/good/9.png (cut short)');
    expect(plotsOf(chapter).map(({ id }) => id)).not.toContain('mask-area');
  });

  test('says where a folder is unlike the training images in brightness', () => {
    const { categories } = reportResult();
    const [first] = categories;
    const explored = first!.exploration!.categories[0]!;
    const bright = { min: 250, q25: 251, median: 252, q75: 253, max: 254, mean: 252 };
    const classes = explored.classes.map((own) =>
      own.phase === 'test' && own.label === 'normal' ? { ...own, brightness: bright } : own,
    );
    const exploration = { categories: [{ ...explored, classes }] };
    const chapter = dataExploration(reportInput({ categories: [{ ...first!, exploration }] }))!;
    const [brightness, contrast] = ['image-brightness', 'image-contrast'].map((id) =>
      plotsOf(chapter).find((plot) => plot.id === id),
    );
    expect(brightness!.sentence).toMatch(/hazelnut, test good \(252 against \d+ to \d+\)/);
    expect(contrast!.sentence).toContain('nothing here suggests that contrast alone');
  });
});

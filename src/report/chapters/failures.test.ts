import { describe, expect, test } from 'vitest';
import { chapterContent } from '../../../test/support/chapterContent.ts';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { expectWellFormed } from '../../../test/support/wellFormed.ts';
import { allBlocks } from '../allBlocks.ts';
import { formatCell } from '../tables/formatCell.ts';
import { failures } from './failures.ts';

const pictureRows = (chapter: NonNullable<ReturnType<typeof failures>>) =>
  allBlocks({ title: '', subtitle: '', chapters: [chapter] }).flatMap((block) =>
    block.kind === 'pictures' ? [block] : [],
  );

describe('chapter 11', () => {
  const input = reportInput();
  const chapter = failures(input)!;

  test('is well formed', () => expectWellFormed(chapter), 30_000);

  test('counts the mistakes of all categories', () => {
    const clean = input.result.experiments.clean!.filter(({ method }) => method === 'patchcore');
    const [missed, anomalous, flagged, normal] = clean.reduce(
      ([a, b, c, d], { runs, counts }) => {
        const { fn, fp } = runs[0]!.confusion;
        return [a! + fn, b! + counts.test.anomalous, c! + fp, d! + counts.test.normal];
      },
      [0, 0, 0, 0],
    );
    expect(chapter.lead).toContain(
      `PatchCore misses ${missed} of ${anomalous} defective images and flags ${flagged} of ${normal} good ones`,
    );
  });

  test('lists the deepest mistakes, with their margins', () => {
    const { tables } = chapterContent(chapter);
    const table = tables.find(({ id }) => id === 'mistakes-0')!;
    const { conditions } = input.result.analysis.errors![0]!;
    const [first] = conditions[0]!.judgements.filter(({ kind }) => kind === 'chosen');
    const mistakes = [...first!.falseNegatives.data, ...first!.falsePositives.data];
    const rows = table.rows.filter(
      ([images, method]) => images === 'clean images' && method === 'PatchCore',
    );
    expect(rows.map((row) => row[3])).toEqual(mistakes.map(({ id }) => id));
    expect(rows.map((row) => formatCell(row[6]!))).toEqual(
      mistakes.map(({ margin }) => margin!.toFixed(2).replace('-', '−')),
    );
  });

  test('shows mistakes and patches where there are pictures of them', () => {
    const rows = pictureRows(chapter);
    const mistakes = rows.filter(({ id }) => id.startsWith('mistakes-'));
    const patches = rows.filter(({ id }) => id.startsWith('patches-'));
    expect(mistakes.length).toBeGreaterThan(0);
    expect(patches.map(({ id }) => id)).toEqual([
      ...['patches-patchcore-0', 'patches-padim-0', 'patches-patchcore-1', 'patches-padim-1'],
    ]);
    const [patch] = patches[0]!.items;
    expect(patch!.files.map(({ alt }) => alt)).toEqual([
      'farthest patch',
      'closest training patch',
    ]);
    expect(pictureRows(failures({ ...input, pictures: NO_PICTURES })!)).toEqual([]);
  });

  test('draws patches of every kind there is, and no more than the picture takes', () => {
    const { plots } = chapterContent(chapter);
    const plot = plots.find(({ id }) => id === 'embedding-patchcore-0')!;
    const { kind } = input.result.analysis.interpretability![0]!.embedding!.data.points;
    expect(plot.rows).toHaveLength(2 * kind.length);
    expect(new Set(plot.rows.map((row) => row.kind)).size).toBe(new Set(kind).size);

    const { result } = reportInput();
    const { points } = result.analysis.interpretability![0]!.embedding!.data;
    for (const key of ['kind', 'image', 'patch', 'umap', 'tsne'] as const) {
      const list = points[key] as unknown[];
      list.push(...Array.from({ length: 20 }, () => list.slice(0, 60)).flat());
    }
    const many = chapterContent(failures({ result, pictures: NO_PICTURES })!).plots.find(
      ({ id }) => id === 'embedding-patchcore-0',
    )!;
    expect(many.rows).toHaveLength(1000);
    expect(many.sentence).toContain(`Drawn are 500 of ${points.kind.length} patches.`);
  });

  test('is told without one of its parts, and not without both', async () => {
    const { errors, interpretability } = input.result.analysis;
    for (const analysis of [{ errors: errors! }, { interpretability: interpretability! }]) {
      await expectWellFormed(
        failures({ result: reportResult({ analysis }), pictures: NO_PICTURES })!,
      );
    }
    const none = { result: reportResult({ analysis: {} }), pictures: NO_PICTURES };
    expect(failures(none)).toBeNull();
  }, 30_000);
});

import { expect, test } from 'vitest';
import { drawn, marksOf } from '../../../test/support/drawn.ts';
import { embeddingScatter } from './embeddingScatter.ts';

test('has a mark for each patch, in the colour of its kind, and a legend of the kinds there are', async () => {
  const points = ['UMAP', 't-SNE'].flatMap((panel) => [
    { panel, kind: 'normal image', x: 0, y: 0 },
    { panel, kind: 'defect', x: 1, y: 2 },
  ]);
  const plot = embeddingScatter({ id: 'e', title: 'E', sentence: 'S.' }, points, (theme) => [
    ['normal image', theme.normal],
    ['defect', theme.anomalous],
    ['memory bank', theme.faint],
  ]);
  const svg = await drawn(plot);
  expect(marksOf(svg, 'symbol')).toBe(4);
  expect(svg.match(/fill="var\(--anomalous\)"/g)!.length).toBeGreaterThanOrEqual(2);
  expect(svg).toContain('>defect<');
  expect(svg).not.toContain('>memory bank<');
});

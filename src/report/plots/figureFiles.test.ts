import { expect, test } from 'vitest';
import type { Report } from '../report.ts';
import { figureFiles } from './figureFiles.ts';
import { type Plot, ROWS } from './plot.ts';
import { PAPER_THEME } from './plotTheme.ts';

const plot = (id: string): Plot => ({
  id,
  title: id,
  sentence: '',
  rows: [{ x: 1 }],
  spec: ({ padim }) => ({
    data: { name: ROWS },
    mark: { type: 'point', color: padim },
    encoding: { x: { field: 'x', type: 'quantitative' } },
  }),
});

const report = (...plots: Plot[]): Report => ({
  title: 'T',
  subtitle: '',
  chapters: [
    {
      ...{ id: 'c', number: null, title: 'C', lead: '' },
      blocks: plots.map((own) => ({ kind: 'plot', plot: own })),
    },
  ],
});

test('every plot is an SVG in the colours of paper and a PNG, in order, with names of their own', async () => {
  const steps: number[] = [];
  const onProgress = ({ done }: { readonly done: number }) => steps.push(done);
  const files = await figureFiles(report(plot('a'), plot('b'), plot('a')), { onProgress });
  expect(files.map(({ name }) => name)).toEqual(
    ['a', 'b', 'a-2'].flatMap((name) => [`figures/${name}.svg`, `figures/${name}.png`]),
  );
  expect(files[0]!.content).toContain(`stroke="${PAPER_THEME.padim}"`);
  expect(Buffer.from(files[1]!.content).toString('latin1', 1, 4)).toBe('PNG');
  expect(steps).toEqual([1, 2, 3]);
});

test('stops where it is told to', async () => {
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(figureFiles(report(plot('a')), { signal })).rejects.toThrow('stopped');
});

import { expect, test } from 'vitest';
import type { Analysis } from '../../result/analysis.ts';
import { analysisText } from './analysisText.ts';

test('has every sentence once, under its part, category and method', () => {
  const figure = (sentence: string) => ({ title: 'not to be repeated', sentence, data: [] });
  const analysis = {
    errors: [
      {
        category: 'nut',
        deep: [{ chart: figure('Nuts crack.') }, { chart: figure('Some roll.') }],
      },
    ],
    ablation: [
      { category: 'nut', method: 'padim', chart: figure('More channels, more of all.') },
      { category: 'zip', method: 'padim', chart: figure('More channels, more of all.') },
    ],
    statistics: [{ chart: figure('Too few to test.') }],
  } as unknown as Analysis;
  const measured = {
    efficiency: [{ category: 'nut', method: 'patchcore', chart: figure('It takes a second.') }],
    ablation: [{ category: 'nut', levels: [1, 2] }],
  };
  expect(analysisText(analysis, measured)).toBe(`# What the analysis says

## Errors

### nut

- Nuts crack.
- Some roll.

## Ablation

### nut, PaDiM

- More channels, more of all.

## Statistics

- Too few to test.

## Measured on this machine

### nut, PatchCore

- It takes a second.
`);
});

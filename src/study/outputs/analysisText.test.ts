import { expect, test } from 'vitest';
import type { Analysis } from '../../result/analysis.ts';
import { analysisText } from './analysisText.ts';

test('has every sentence once, under its part, category and method', () => {
  const figure = (sentence: string) => ({ title: 'Figure', sentence, data: [] });
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
    efficiency: [{ category: 'nut', method: 'patchcore', sentence: 'It takes a second.' }],
    ablation: [{ category: 'nut', levels: [1, 2] }],
  };
  expect(analysisText(analysis, measured)).toBe(`# What the analysis says

## Errors

### nut

- **Figure.** Nuts crack.
- **Figure.** Some roll.

## Ablation

### nut, PaDiM

- **Figure.** More channels, more of all.

## Statistics

- **Figure.** Too few to test.

## Measured on this machine

### nut, PatchCore

- It takes a second.
`);
});

import { expect, it } from 'vitest';
import { PAPER_THEME } from './plotTheme.ts';
import { valueCells } from './valueCells.ts';

const settings = { domain: [0.5, 1], dark: 0.8, format: '.2f' } as const;

it('writes light on dark, and has a legend where its colours have a title', () => {
  const [colours, text] = valueCells(PAPER_THEME, { ...settings, title: 'AUROC' });
  expect(colours).toMatchObject({
    encoding: { color: { scale: { domain: [0.5, 1] }, legend: { orient: 'right' } } },
  });
  expect(text).toMatchObject({
    encoding: {
      text: { format: '.2f' },
      color: { condition: { test: 'datum.value > 0.8', value: '#ffffff' } },
    },
  });
  const [plain] = valueCells(PAPER_THEME, { ...settings, title: null });
  expect(plain).toMatchObject({ encoding: { color: { title: null, legend: null } } });
});

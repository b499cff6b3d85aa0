import { expect, test } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { type SeverityPoint, severityCurves } from './severityCurves.ts';

const TEXT = { id: 'severity', title: 'Severity', sentence: 'It falls.' };
const LEVELS = ['clean', 'mild', 'severe'];

test('has a point for each value, levels from none to the severest', async () => {
  const points = ['blur', HOSTILE_NAME].flatMap((panel) =>
    LEVELS.map(
      (level, at): SeverityPoint => ({ panel, method: 'padim', level, value: 1 - at / 2 }),
    ),
  );
  const plot = severityCurves(TEXT, points, { levels: LEVELS, title: 'image AUROC' });
  const svg = await drawn(plot);
  expect(marksOf(svg, 'symbol')).toBe(6);
  const labels = LEVELS.map((level) => svg.indexOf(`>${level}<`));
  expect(labels).toEqual([...labels].sort((a, b) => a - b));
  expect(svg).toContain('var(--padim)');
});

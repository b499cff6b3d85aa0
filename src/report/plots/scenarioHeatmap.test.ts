import { describe, expect, it } from 'vitest';
import { drawn, HOSTILE_NAME, marksOf } from '../../../test/support/drawn.ts';
import { scenarioHeatmap } from './scenarioHeatmap.ts';

const TEXT = { id: 'heat', title: 'Heat', sentence: 'x' };

describe('scenarioHeatmap', () => {
  it('writes every value, light on dark cells and dark on light ones', async () => {
    const cells = [
      { panel: 'nut', method: 'patchcore', scenario: 'Clean', value: 0.99 },
      { panel: 'nut', method: 'patchcore', scenario: 'Not adapted', value: 0.4 },
    ] as const;
    const svg = await drawn(scenarioHeatmap(TEXT, cells, 'Image AUROC'));
    expect(svg).toMatch(/fill="#ffffff"[^>]*>0\.990</);
    expect(svg).toMatch(/fill="#1b1b1b"[^>]*>0\.400</);
    // Below chance the ramp's first colour, #f7fbff.
    expect(svg).toContain('rgb(247, 251, 255)');
  });

  it('draws one cell of any name', async () => {
    const cell = { panel: HOSTILE_NAME, method: 'padim', scenario: 'Clean', value: 0.7 } as const;
    expect(marksOf(await drawn(scenarioHeatmap(TEXT, [cell], 'AUROC')), 'rect')).toBe(1);
  });
});

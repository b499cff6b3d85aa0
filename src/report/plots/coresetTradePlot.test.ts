import { describe, expect, test } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { readMeasured } from '../../result/measured.ts';
import { coresetTradePlot } from './coresetTradePlot.ts';
import { drawPlot } from './drawPlot.ts';
import { PAPER_THEME } from './plotTheme.ts';

const { analysis, measured } = reportResult();
const models = analysis.efficiency!;
const timed = readMeasured(measured).analysis.efficiency;

describe('coresetTradePlot', () => {
  test('sets accuracy against the time of a search where it was measured', async () => {
    const plot = coresetTradePlot(models, timed)!;
    const [first] = models.filter(({ method }) => method === 'patchcore');
    const level = first!.coreset!.data.find(({ own }) => own)!;
    expect(plot.rows).toContainEqual({
      panel: first!.category,
      share: `${100 * level.share}%`,
      rows: level.rows,
      auroc: level.imageAuroc.value,
      milliseconds: expect.any(Number),
      own: true,
    });
    const svg = await drawPlot(plot, PAPER_THEME);
    expect(svg).toContain('>Search, milliseconds an image<');
    expect(svg).not.toContain('NaN');
  });

  test('else against the number of rows', async () => {
    const svg = await drawPlot(coresetTradePlot(models, [])!, PAPER_THEME);
    expect(svg).toContain('>Rows of the bank<');
  });

  test('is left out where nothing can be compared', () => {
    expect(coresetTradePlot([], timed)).toBeNull();
    const unknown = models.map((model) => ({
      ...model,
      coreset: model.coreset && {
        ...model.coreset,
        data: model.coreset.data.map((level) => ({
          ...level,
          imageAuroc: { value: null, reason: 'no defects' },
        })),
      },
    }));
    expect(coresetTradePlot(unknown, timed)).toBeNull();
  });
});

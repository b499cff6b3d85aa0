import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FitReport } from '../../inspection/fit.ts';
import { describeFit } from './describeFit.ts';

const plain = (_style: string, text: string) => text;

const REPORT: FitReport = {
  file: join(process.cwd(), 'models', 'my bottle.onnx'),
  bytes: 34_300_000,
  category: 'bottle',
  backbone: 'resnet50',
  layers: ['layer2', 'layer3'],
  images: { training: 167, calibration: { normal: 42, anomalous: 0 }, test: 83 },
  skipped: [],
  learnt: { method: 'patchcore', rows: 6546, dimension: 1536, coreset: 0.05 },
  threshold: {
    rule: 'conformal',
    threshold: 21.3456,
    n: 42,
    k: 41,
    targetFpr: 0.05,
    averageFpr: 2 / 43,
    upperFpr: 0.108,
  },
  pixelThreshold: {
    rule: 'conformal',
    threshold: 0.12345,
    n: 42,
    k: 41,
    targetFpr: 0.05,
    averageFpr: 2 / 43,
    upperFpr: 0.108,
  },
  statement: 'At most some of many.',
  seconds: { prepare: 0.2, embed: 12.4, total: 75 },
};

const ASKED = { data: 'my data', category: 'bottle' };

describe('describeFit', () => {
  it('tells what was learnt, what it promises, where the time went, and what comes next', () => {
    expect(describeFit(REPORT, ASKED, plain).split('\n')).toEqual([
      `${join('models', 'my bottle.onnx')}  34.3 MB`,
      '  learnt     167 good images of bottle; calibrated on 42 others',
      '  backbone   resnet50, layers layer2 and layer3',
      '  bank       6546 patches of 1536 dimensions (5% of those seen)',
      '  threshold  an image is anomalous above 21.35, a pixel of its map above 0.1235 (conformal)',
      '  promise    At most some of many.',
      '  time       1 min 15 s: prepare 0.2 s, embed 12 s',
      '',
      'Next:',
      `  flawmap evaluate '${join('models', 'my bottle.onnx')}' 'my data' --category bottle`,
      `  flawmap predict '${join('models', 'my bottle.onnx')}' IMAGES --out flaws`,
    ]);
  });

  it('names labelled images and their rule, and repeats no category that was not asked for', () => {
    const { threshold: conformal } = REPORT;
    if (conformal.rule === 'f1-optimal') throw new Error('the report has changed');
    const labelled: FitReport = {
      ...REPORT,
      images: { ...REPORT.images, calibration: { normal: 50, anomalous: 3 } },
      threshold: { rule: 'f1-optimal', threshold: 20, f1: 1, prevalence: 0.05, conformal },
    };
    const text = describeFit(labelled, { data: 'data', category: undefined }, plain);
    expect(text).toContain('calibrated on 50 others and 3 anomalous ones');
    expect(text).toContain('(highest F1)');
    expect(text).toMatch(/flawmap evaluate \S+ \S+ data$/m);
  });

  it('does not send people without test images to evaluate', () => {
    const images = { ...REPORT.images, test: 0 };
    const text = describeFit({ ...REPORT, images }, ASKED, plain);
    expect(text).not.toContain('flawmap evaluate');
    expect(text).toContain('flawmap predict');
  });

  it('keeps long statements within 96 columns', () => {
    const statement = 'promising '.repeat(60).trim();
    const lines = describeFit({ ...REPORT, statement }, ASKED, plain).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(96);
    expect(lines.join(' ').match(/promising/g)).toHaveLength(60);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import {
  checkFalsePositiveRate,
  checkFileSize,
  checkFitOptions,
  checkGaussiansSize,
  checkOutput,
} from './checkFit.ts';

describe('checkFitOptions', () => {
  const usual = {
    coreset: 0.05,
    preprocessing: { resize: 224, crop: 224 },
    score: { kind: 'topk', topk: 0.01 },
  } as const;

  it('accepts the ends of the ranges', () => {
    expect(() => checkFitOptions(usual)).not.toThrow();
    expect(() => checkFitOptions({ ...usual, coreset: 1 })).not.toThrow();
    expect(() => checkFitOptions({ ...usual, score: { kind: 'topk', topk: 1 } })).not.toThrow();
  });

  it.each([
    [{ coreset: 0 }, '--coreset'],
    [{ coreset: 1.01 }, '--coreset'],
    [{ coreset: Number.NaN }, '--coreset'],
    [{ score: { kind: 'topk', topk: 0 } as const }, '--topk'],
    [{ preprocessing: { resize: 224, crop: 225 } }, '--crop'],
  ])('refuses %j, naming %s', (change, option) => {
    expect(() => checkFitOptions({ ...usual, ...change })).toThrow(
      expect.objectContaining({
        kind: 'usage',
        details: expect.objectContaining({
          what: `${option} is out of range`,
          remedy: expect.any(String),
        }),
      }),
    );
  });
});

describe('a region', () => {
  it('goes with the highest value alone', () => {
    const score = { kind: 'reweighted', topk: 0.01 } as const;
    const options = { coreset: 0.05, preprocessing: { resize: 8, crop: 8 } };
    const roi = { x: 0, y: 0, width: 5, height: 5 };
    expect(() => checkFitOptions({ ...options, score, roi })).toThrow('--score reweighted');
    expect(() => checkFitOptions({ ...options, score, ignore: 'a.png' })).toThrow('--score max');
    expect(() => checkFitOptions({ ...options, score })).not.toThrow();
  });
});

describe('checkFalsePositiveRate', () => {
  const images = (normal: number, anomalous: number) => [
    ...Array.from({ length: normal }, () => ({ label: 'normal' as const })),
    ...Array.from({ length: anomalous }, () => ({ label: 'anomalous' as const })),
  ];

  it('accepts what the normal images can promise, and nothing asked for', () => {
    expect(() => checkFalsePositiveRate(0.05, images(19, 0))).not.toThrow();
    expect(() => checkFalsePositiveRate(undefined, images(1, 0))).not.toThrow();
  });

  it('refuses what they cannot, saying how many it takes', () => {
    expect(() => checkFalsePositiveRate(0.05, images(18, 50))).toThrow(
      'at least 19 normal calibration images',
    );
    expect(() => checkFalsePositiveRate(0, images(19, 0))).toThrow(
      expect.objectContaining({ kind: 'usage' }),
    );
  });
});

describe('checkOutput', () => {
  it('accepts a file, new or there, and refuses a folder with an example', async () => {
    const root = makeTree({ 'model.onnx': 'old', 'folder/': '' });
    await checkOutput(join(root, 'model.onnx'));
    await checkOutput(join(root, 'new/model.onnx'));
    await expect(checkOutput(join(root, 'folder'))).rejects.toMatchObject({
      kind: 'usage',
      details: { remedy: `name a file in it: -o ${join(root, 'folder', 'NAME.onnx')}` },
    });
  });
});

describe('checkFileSize', () => {
  const embedder = { dimension: 1536, grid: [28, 28] } as const;
  const backbone = { weightBytes: 34e6 };

  it('accepts what fits', () => {
    expect(() => checkFileSize(0.05, embedder, backbone, 209)).not.toThrow();
  });

  it('refuses what does not, with a coreset that does', () => {
    let remedy = '';
    try {
      checkFileSize(1, embedder, backbone, 391);
    } catch (error) {
      remedy = String(error);
    }
    const largest = Number(/--coreset ([\d.]+) or less/.exec(remedy)![1]);
    expect(() => checkFileSize(largest, embedder, backbone, 391)).not.toThrow();
    expect(() => checkFileSize(largest + 0.001, embedder, backbone, 391)).toThrow('at most 1.9 GB');
  });
});

describe('checkGaussiansSize', () => {
  it('accepts what PaDiM usually takes', () => {
    const size = { positions: 56 * 56, dimension: 100, weightBytes: 34e6 };
    expect(() => checkGaussiansSize(size)).not.toThrow();
  });

  it('refuses the 550 channels of the paper at 56 x 56, saying how many would do', () => {
    const size = { positions: 56 * 56, dimension: 550, weightBytes: 34e6 };
    expect(() => checkGaussiansSize(size)).toThrow(/3\.8 GB in the file|3\.8 GB/);
    let remedy = '';
    try {
      checkGaussiansSize(size);
    } catch (error) {
      remedy = String(error);
    }
    const dimension = Number(/--channels (\d+) or less/.exec(remedy)![1]);
    expect(() => checkGaussiansSize({ ...size, dimension })).not.toThrow();
    expect(() => checkGaussiansSize({ ...size, dimension: dimension + 1 })).toThrow('or less');
  });
});

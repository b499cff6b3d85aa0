import { describe, expect, it } from 'vitest';
import { conditionColumns, driftReference } from './driftReference.ts';

const conditions = {
  ...{ brightness: 120, contrast: 30, saturation: 0.2, sharpness: 5, noise: 1 },
  ...{ shadingX: 0.1, shadingY: -0.1, corners: -0.3 },
};
const darker = { ...conditions, brightness: 80 };

describe('driftReference', () => {
  it('is of the normal images alone', () => {
    const images = [
      { label: 'normal', conditions },
      { label: 'anomalous', conditions: darker },
      { label: 'normal', conditions: darker },
      { label: 'anomalous' },
    ] as const;
    expect(driftReference(images, 'x.onnx')).toEqual([conditions, darker]);
  });

  it.each([
    ['no image', [], 'no normal calibration images'],
    ['no normal image', [{ label: 'anomalous', conditions }], 'no normal calibration images'],
    [
      'an earlier version',
      [{ label: 'normal', conditions }, { label: 'normal' }],
      '1 without them: a file of an earlier version',
    ],
  ] as const)('refuses a file with %s, saying what to do', (_name, images, found) => {
    expect(() => driftReference(images, 'models/x.onnx')).toThrow(
      expect.objectContaining({
        kind: 'input',
        details: expect.objectContaining({
          what: expect.stringContaining('models/x.onnx'),
          found: expect.stringContaining(found),
          remedy: expect.stringContaining('fit'),
        }),
      }),
    );
  });
});

describe('conditionColumns', () => {
  it('has the numbers of all images by descriptor', () => {
    const columns = conditionColumns([conditions, darker]);
    expect(columns.brightness).toEqual([120, 80]);
    expect(Object.keys(columns)).toHaveLength(8);
  });
});

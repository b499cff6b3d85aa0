import { describe, expect, it } from 'vitest';
import { INSPECTOR_METADATA, patchcoreOf } from '../../../test/support/inspectorMetadata.ts';
import { decodeIntegers, encodeIntegers, parseMetadata } from './metadata.ts';

const changed = (change: object): string => JSON.stringify({ ...INSPECTOR_METADATA, ...change });

describe('parseMetadata', () => {
  it('reads back what was written', () => {
    expect(parseMetadata(JSON.stringify(INSPECTOR_METADATA), 'x')).toEqual(INSPECTOR_METADATA);
  });

  it('reads imaging conditions, and files of earlier versions without them', () => {
    const light = { brightness: 120, contrast: 30, saturation: 0.2, sharpness: 5, noise: 1.5 };
    const conditions = { ...light, shadingX: 0.1, shadingY: -0.1, corners: -0.3 };
    const [image] = INSPECTOR_METADATA.calibration.images;
    expect(image).not.toHaveProperty('conditions');
    const images = [image!, { ...image!, conditions }];
    const calibration = { ...INSPECTOR_METADATA.calibration, images };
    expect(parseMetadata(changed({ calibration }), 'x').calibration.images).toEqual(images);
  });

  it.each([
    { kind: 'pruned', coordinates: 256, candidates: 8 },
    {
      kind: 'two-level',
      coarse: 64,
      fine: 256,
      groupRows: 32,
      groups: 8,
      survivors: 32,
      candidates: 4,
      lastCandidates: 16,
    },
  ])('knows the search of an earlier version: $kind', (search) => {
    const detector = { ...patchcoreOf(INSPECTOR_METADATA), search };
    expect(parseMetadata(changed({ detector }), 'x')).toMatchObject({ detector: { search } });
  });

  it('knows the kinds of threshold, both searches and both methods', () => {
    const { image: conformal } = INSPECTOR_METADATA.calibration;
    const image = { rule: 'f1-optimal', threshold: 1, f1: 0.9, prevalence: 0.5, conformal };
    const search = {
      kind: 'two-bounds',
      coarse: 64,
      fine: 256,
      groupRows: 32,
      mostSurvivors: 192,
      mostCandidates: 24,
    };
    const calibration = { ...INSPECTOR_METADATA.calibration, image };
    const detector = { ...patchcoreOf(INSPECTOR_METADATA), search };
    expect(parseMetadata(changed({ calibration, detector }), 'x')).toMatchObject({
      calibration: { image },
      detector: { search },
    });
    const padim = { method: 'padim', channels: [1, 5], regulariser: 0.01 };
    expect(parseMetadata(changed({ detector: padim }), 'x').detector).toEqual(padim);
  });

  it.each([
    ['no metadata', undefined, 'an ONNX model without flawmap metadata', 'flawmap fit'],
    ['no JSON', '{"schemaVersion": 1', 'metadata that is not JSON', 'flawmap fit'],
    ['a later version', changed({ schemaVersion: 2 }), 'schema version 2', 'update flawmap'],
    ['an earlier version', changed({ schemaVersion: 0 }), 'schema version 0', 'can still read it'],
    ['no version', '{}', 'a document without schemaVersion', 'fit again'],
    ['null', 'null', 'a document without schemaVersion', 'fit again'],
    ['a missing part', changed({ seed: undefined }), 'metadata with seed:', 'again'],
    [
      'another method',
      changed({ detector: { method: 'padim2' } }),
      'metadata with detector.method:',
      'again',
    ],
    [
      'a deep fault',
      changed({ training: [{ id: 'a', sha256: 'short' }] }),
      'metadata with training.0.sha256:',
      'again',
    ],
  ])('refuses %s, naming the file, what is wrong and what to do', (_name, text, found, remedy) => {
    expect(() => parseMetadata(text, 'models/x.onnx')).toThrow(
      expect.objectContaining({
        kind: 'input',
        details: expect.objectContaining({
          what: expect.stringContaining('models/x.onnx'),
          found: expect.stringContaining(found),
          remedy: expect.stringContaining(remedy),
        }),
      }),
    );
  });
});

describe('encodeIntegers', () => {
  it('is little-endian int32 in base64, and is read back', () => {
    // base64.b64encode(numpy.array([1, -2, 2**31 - 1], '<i4').tobytes())
    const integers = Int32Array.of(1, -2, 2 ** 31 - 1);
    expect(encodeIntegers(integers)).toBe('AQAAAP7///////9/');
    expect(decodeIntegers(encodeIntegers(integers))).toEqual(integers);
    expect(decodeIntegers(encodeIntegers(new Int32Array(0)))).toEqual(new Int32Array(0));
  });

  it('encodes only what a view shows', () => {
    const view = Int32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(decodeIntegers(encodeIntegers(view))).toEqual(Int32Array.of(1, 2));
  });
});

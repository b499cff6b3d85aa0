import {
  type DetectorMetadata,
  encodeIntegers,
  type InspectorMetadata,
} from '../../src/detector/inspector/metadata.ts';

const HASH = 'a'.repeat(64);

const CONFORMAL = {
  rule: 'maximum',
  threshold: 2.5,
  n: 1,
  k: 1,
  targetFpr: 0.05,
  averageFpr: 0.5,
  upperFpr: 0.95,
} as const;

/** Complete metadata of a tiny detector. */
export const INSPECTOR_METADATA: InspectorMetadata = {
  schemaVersion: 1,
  createdBy: 'flawmap',
  category: 'bottle',
  seed: 42,
  detector: {
    method: 'patchcore',
    score: { kind: 'max', topk: 0.01 },
    bank: {
      rows: 2,
      coreset: 0.05,
      sourceImage: encodeIntegers(Int32Array.of(0, 0)),
      sourcePatch: encodeIntegers(Int32Array.of(3, 700)),
    },
    search: { kind: 'brute' },
  },
  backbone: { name: 'filterbank', sha256: null, layers: ['filterbank'], standardised: true },
  preprocessing: { resize: 224, crop: 224 },
  embedding: { kind: 'concat', dimension: 207, grid: [28, 28] },
  map: { upsampling: 'bilinear', squared: false, border: 'reflect', height: 224, width: 224 },
  steps: { resize: ['resize/floor'], backbone: ['embedding/reshape'], search: ['a', 'b'] },
  training: [{ id: 'train/good/000.png', sha256: HASH }],
  calibration: {
    image: CONFORMAL,
    pixel: { ...CONFORMAL, threshold: 2.25 },
    counts: { normal: 1, anomalous: 0 },
    statement: 'Promises little.',
    images: [
      {
        id: 'train/good/001.png',
        sha256: HASH,
        label: 'normal',
        defectType: 'good',
        score: 2.5,
        mapMaximum: 2.25,
        descriptor: { brightness: 120, contrast: 30, sharpness: 5, embedding: [0.5, -1] },
      },
    ],
  },
};

/** What the metadata of a PatchCore detector say of it. */
export function patchcoreOf({
  detector,
}: InspectorMetadata): Extract<DetectorMetadata, { method: 'patchcore' }> {
  if (detector.method === 'patchcore') return detector;
  throw new TypeError(`expected PatchCore, found ${detector.method}`);
}

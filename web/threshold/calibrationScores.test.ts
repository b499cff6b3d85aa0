import { expect, it } from 'vitest';
import { INSPECTOR_METADATA } from '../../test/support/inspectorMetadata.ts';
import type { Photo } from '../state/photo.ts';
import type { InspectedPhoto } from '../worker/protocol.ts';
import { calibrationScores } from './calibrationScores.ts';

const photo = (score: number, label: Photo['label'], verdict = 'anomalous'): Photo => ({
  ...{ id: score, name: '', file: new Blob(), address: '', label },
  state: { kind: 'judged', inspected: { score, verdict } as InspectedPhoto },
});
const [image] = INSPECTOR_METADATA.calibration.images;
const metadata = {
  ...INSPECTOR_METADATA,
  calibration: {
    ...INSPECTOR_METADATA.calibration,
    images: [
      { ...image!, label: 'normal' as const, score: 1 },
      { ...image!, label: 'anomalous' as const, score: 5 },
    ],
  },
};

it("takes the model's own images, and flawed ones labelled here", () => {
  const photos = [
    photo(7, 'anomalous'),
    photo(8, 'normal'),
    photo(9, undefined),
    photo(10, 'anomalous', 'not judged'),
  ];
  expect(calibrationScores(metadata, photos)).toEqual({
    normal: [1],
    setAside: 0,
    anomalous: [5, 7],
    labelledHere: 1,
  });
});

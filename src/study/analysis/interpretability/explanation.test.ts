import { expect, test } from 'vitest';
import type { Explanation } from '../../../result/analysis/interpretability.ts';
import { embeddingParts } from './embeddingParts.ts';
import { explanation, farthestPatch } from './explanation.ts';
import { explanationsSentence } from './explanationSentence.ts';
import { placePatch } from './placePatch.ts';

const parts = embeddingParts(
  [
    { name: 'layer2', channels: 1 },
    { name: 'layer3', channels: 1 },
  ],
  undefined,
);
const grid = [2, 2] as const;
const place = (image: string, patch: number) =>
  placePatch(image, { width: 8, height: 8 }, patch, grid, { resize: 8, crop: 8 });

const terms = Float64Array.of(1, 0, 0, 4, 3, 13, 2, 2);
const distances = Float32Array.of(1, 2, 4, 2);

const explain = (changes: Partial<Parameters<typeof explanation>[0]> = {}): Explanation =>
  explanation({
    explained: {
      image: { id: 'test/crack/1.png', label: 'anomalous', defectType: 'crack', mask: 'm' },
      score: 4,
      role: 'anomalous',
    },
    grid,
    parts,
    distances,
    terms,
    defective: Uint8Array.of(0, 0, 1, 0),
    typical: [1, 2, 2.5],
    patch: place('test/crack/1.png', farthestPatch(distances)),
    nearest: place('train/good/7.png', 1),
    ...changes,
  });

test('tells of the farthest patch what it is made of and what comes closest', () => {
  const own = explain();
  expect(own).toMatchObject({ kind: 'defect', distance: 4, parts: [0.1875, 0.8125] });
  expect(own.channels).toEqual([
    { part: 1, channel: 0, share: 0.8125 },
    { part: 0, channel: 0, share: 0.1875 },
  ]);
  expect(own.typical).toEqual({ images: 3, below: 1, timesMedian: 2, timesLargest: 1.6 });
  expect(own.sentence).toBe(
    'The patch of test/crack/1.png at row 1, column 0 is 4.00 from what was learnt, unlike anything seen: no patch of the 3 normal validation images is nearly as far, 2.00 times their median. The closest thing seen is train/good/7.png at row 0, column 1. 81% of the squared distance comes from layer3, 19% from layer2.',
  );
});

test('says so where normal images have patches as far, or there are none to compare with', () => {
  expect(explain({ typical: [1, 2, 8, 9] }).sentence).toMatch(
    /; 50% of the 4 normal validation images have no patch as far, 0\.80 times their median\./,
  );
  expect(explain({ typical: [1, 2, 3] }).sentence).toMatch(
    /, farther than any patch of the 3 normal validation images, 2\.00 times their median\./,
  );
  expect(explain({ typical: [], nearest: null }).sentence).toMatch(/what was learnt\. 81% of the/);
});

test('says what takes distance away', () => {
  const negative = terms.slice();
  negative.set([-4, 20], 4);
  expect(explain({ terms: negative }).sentence).toMatch(
    /125% of the squared distance comes from layer3; layer2 takes 25% away/,
  );
});

test('knows what the patch is by its mask', () => {
  expect(explain({ defective: null }).kind).toBe('unknown');
  expect(explain({ defective: new Uint8Array(4) }).kind).toBe('background');
});

test('sums several up', () => {
  const many = [explain(), explain({ typical: [1, 5, 5], defective: new Uint8Array(4) })];
  expect(explanationsSentence(many, parts.parts)).toBe(
    'In 1 of the 2 images of the highest scores the farthest patch lies beyond those of all 3 normal validation images. In 1 of the 2 with a mask it lies on the defect. On average 81% of the squared distance comes from layer3, 19% from layer2.',
  );
  expect(explanationsSentence([], parts.parts)).toBe('There are no test images to explain.');
  const bare = [explain({ typical: [], defective: null })];
  expect(explanationsSentence(bare, parts.parts.slice(0, 1))).toMatch(/no normal validation/);
});

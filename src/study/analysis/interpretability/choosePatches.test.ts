import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { choosePatches, chooseRows, type DrawnImage } from './choosePatches.ts';

const PATCHES = 50;
const marked = Uint8Array.from({ length: PATCHES }, (_, patch) => (patch < 10 ? 1 : 0));
const images: DrawnImage[] = [
  { label: 'normal', defective: null },
  { label: 'anomalous', defective: marked },
  { label: 'anomalous', defective: null },
];
const draw = (points: number, of = images, seed = 1) =>
  choosePatches(of, PATCHES, points, createRandom(seed));
const count = (chosen: ReturnType<typeof draw>, kind: string) =>
  chosen.filter((patch) => patch.kind === kind).length;

test('draws a third each, half of the last from defects', () => {
  const chosen = draw(36);
  expect(chosen).toHaveLength(24);
  expect(count(chosen, 'normal')).toBe(12);
  expect(count(chosen, 'defect')).toBe(6);
  expect(count(chosen, 'background') + count(chosen, 'unknown')).toBe(6);
});

test('says what each is, by image and patch', () => {
  const chosen = draw(3000);
  expect(chosen).toHaveLength(3 * PATCHES);
  expect(count(chosen, 'defect')).toBe(10);
  for (const { image, patch, kind } of chosen) {
    const expected =
      image === 0 ? 'normal' : image === 2 ? 'unknown' : patch < 10 ? 'defect' : 'background';
    expect(kind).toBe(expected);
  }
  expect(chosen.map(({ image, patch }) => image * PATCHES + patch)).toEqual([...chosen.keys()]);
});

test('follows from its seed', () => {
  expect(draw(36)).toEqual(draw(36));
  expect(draw(36)).not.toEqual(draw(36, images, 2));
});

test('draws what there is', () => {
  expect(draw(36, [])).toEqual([]);
  expect(count(draw(36, images.slice(0, 1)), 'normal')).toBe(12);
});

test('draws rows once each, ascending', () => {
  const rows = chooseRows(100, 60, createRandom(1));
  expect(rows).toHaveLength(20);
  expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
  expect([...chooseRows(4, 60, createRandom(1))]).toEqual([0, 1, 2, 3]);
});

import { expect, it } from 'vitest';
import { toBytes, toFloat } from './floatImage.ts';

it('every byte survives the way to 0..1 and back', () => {
  const data = Uint8Array.from({ length: 258 }, (_, i) => Math.min(i, 255));
  const image = { width: 86, height: 1, data };
  const picture = toFloat(image);
  expect(picture.data[255]).toBe(1);
  expect(toBytes(picture)).toEqual(image);
});

it('is rounded to the nearest byte', () => {
  const data = Float32Array.of(100.4 / 255, 100.6 / 255, 1);
  expect([...toBytes({ width: 1, height: 1, data }).data]).toEqual([100, 101, 255]);
});

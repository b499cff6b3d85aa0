import { expect, it } from 'vitest';
import { windowAround } from './windowAround.ts';

it('is a square of pixels around the patch', () => {
  const seen = windowAround({ x: 0.5, y: 0.5, width: 0.1, height: 0.2 }, 2);
  expect(seen.width * 2).toBeCloseTo(seen.height);
  expect(seen.x + seen.width / 2).toBeCloseTo(0.55);
  expect(seen.y + seen.height / 2).toBeCloseTo(0.6);
});

it('stays within the photograph', () => {
  const corner = { x: 0.97, y: 0, width: 0.03, height: 0.03 };
  const seen = windowAround(corner, 1);
  expect(seen.y).toBe(0);
  expect(seen.x + seen.width).toBeCloseTo(1);
});

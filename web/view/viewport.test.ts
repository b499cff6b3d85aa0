import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, onPhoto, panned, zoomed } from './viewport.ts';

const PHOTO = { width: 900, height: 600 };
const PANE = { width: 624, height: 524 };

it('shows all of a photograph in the middle', () => {
  expect(fitted(PHOTO, PANE)).toEqual({ scale: 2 / 3, x: 12, y: 62 });
});

describe('zooming', () => {
  it('keeps what lies under the pointer there, until the photograph ends', () => {
    const at = { x: 300, y: 250 };
    const before = fitted(PHOTO, PANE);
    const after = zoomed(before, 3, at, PHOTO, PANE);
    expect(after.scale).toBeCloseTo(2);
    expect(onPhoto(after, at).x).toBeCloseTo(onPhoto(before, at).x);
    expect(onPhoto(after, at).y).toBeCloseTo(onPhoto(before, at).y);
  });

  it('ends at the whole photograph and at eight times its size', () => {
    const whole = fitted(PHOTO, PANE);
    expect(zoomed(whole, 0.1, { x: 0, y: 0 }, PHOTO, PANE)).toEqual(whole);
    expect(zoomed(whole, 1e6, { x: 0, y: 0 }, PHOTO, PANE).scale).toBe(8);
  });
});

it('never leaves room beside the photograph, whatever is done', () => {
  const step = fc.oneof(
    fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
    fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let view = fitted(PHOTO, PANE);
      for (const by of steps) {
        view =
          'factor' in by
            ? zoomed(view, by.factor, { x: 200, y: 100 }, PHOTO, PANE)
            : panned(view, by, PHOTO, PANE);
      }
      const right = view.x + view.scale * PHOTO.width;
      const isWide = view.scale * PHOTO.width > PANE.width - 24 + 1e-9;
      if (isWide) {
        expect(view.x).toBeLessThanOrEqual(12 + 1e-9);
        expect(right).toBeGreaterThanOrEqual(PANE.width - 12 - 1e-9);
      } else expect(view.x).toBeCloseTo(PANE.width - right);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { boundsOf, measure, type Nearest, smoothstep, wander } from './shape.ts';

describe('smoothstep', () => {
  it('rises from 0 to 1, or falls where the bounds are reversed', () => {
    expect([-1, 0, 0.5, 1, 2].map((x) => smoothstep(0, 1, x))).toEqual([0, 0, 0.5, 1, 1]);
    expect([-1, 0, 0.5, 1, 2].map((x) => smoothstep(1, 0, x))).toEqual([1, 1, 0.5, 0, 0]);
  });
});

describe('measure', () => {
  it('agrees with a search along the line', () => {
    const line = wander(createRandom(1), {
      from: { x: 0.2, y: 0.3 },
      heading: 0.4,
      length: 0.5,
      steps: 9,
      turn: 0.5,
    });
    const random = createRandom(2);
    const nearest: Nearest = { distance: 0, along: 0, side: 0 };
    for (let trial = 0; trial < 50; trial++) {
      const x = random.next();
      const y = random.next();
      measure(line, x, y, nearest);
      let best = { distance: Number.POSITIVE_INFINITY, along: 0 };
      for (let i = 0; i <= 9000; i++) {
        const segment = Math.min(8, Math.floor(i / 1000));
        const t = i / 1000 - segment;
        const start = line[segment]!;
        const end = line[segment + 1]!;
        const px = start.x + t * (end.x - start.x);
        const distance = Math.hypot(px - x, start.y + t * (end.y - start.y) - y);
        if (distance < best.distance) best = { distance, along: i / 9000 };
      }
      expect(nearest.distance).toBeCloseTo(best.distance, 4);
      expect(nearest.along).toBeCloseTo(best.along, 2);
    }
  });

  it('tells the sides apart', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ];
    const nearest: Nearest = { distance: 0, along: 0, side: 0 };
    measure(line, 0.5, 0.2, nearest);
    expect(nearest).toEqual({ distance: 0.2, along: 0.5, side: 1 });
    measure(line, 2, 0, nearest);
    expect(nearest.distance).toBe(1);
    measure(line, 0.5, -0.2, nearest);
    expect(nearest.side).toBe(-1);
  });
});

describe('wander', () => {
  it('goes straight without turns and keeps its length with them', () => {
    const walk = { from: { x: 0, y: 0 }, heading: Math.PI / 2, length: 1, steps: 4 };
    const straight = wander(createRandom(1), { ...walk, turn: 0 });
    expect(straight).toHaveLength(5);
    expect(straight.at(-1)!.x).toBeCloseTo(0, 12);
    expect(straight.at(-1)!.y).toBeCloseTo(1, 12);
    const crooked = wander(createRandom(1), { ...walk, turn: 1, recoil: 0.5 });
    const length = crooked
      .slice(1)
      .reduce((sum, { x, y }, i) => sum + Math.hypot(x - crooked[i]!.x, y - crooked[i]!.y), 0);
    expect(length).toBeCloseTo(1, 12);
    expect(crooked.at(-1)!.y).toBeLessThan(0.999);
  });
});

describe('boundsOf', () => {
  it('holds all points and the margin', () => {
    const points = [
      { x: 1, y: 5 },
      { x: -2, y: 3 },
    ];
    expect(boundsOf(points, 1)).toEqual({ left: -3, top: 2, right: 2, bottom: 6 });
  });
});

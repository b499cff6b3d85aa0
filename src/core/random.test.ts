import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draws = (seed: string | number, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('next', () => {
  // sfc32 in Python on 32-bit words:
  //   a, b, c = struct.unpack('<III', hashlib.sha256(seed.encode()).digest()[:12]); n = 1
  //   t = a + b + n; n += 1; a = b ^ b >> 9; b = c + (c << 3); c = (c << 21 | c >> 11) + t -> t
  // after 12 discarded draws.
  it.each([
    [42, [525357159, 3402160022, 1011003302, 4255893469]],
    ['', [2218925363, 143031543, 3814219833, 2393514047]],
    ['42/rows', [1667233438, 875917113, 435580188, 585378590]],
  ])('is sfc32 for the seed "%s"', (seed, words) => {
    expect(draws(seed, 4)).toEqual(words.map((word) => word / 2 ** 32));
  });

  it('takes a number and its text as the same seed', () => {
    expect(draws(42, 5)).toEqual(draws('42', 5));
  });

  it('is uniform: each of 16 bins within 4.5 standard deviations', () => {
    const counts = new Array(16).fill(0);
    for (const value of draws('bins', 160_000)) counts[Math.floor(value * 16)]++;
    const deviation = Math.sqrt((160_000 / 16) * (15 / 16));
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4.5 * deviation);
  });
});

describe('fork', () => {
  it('is the stream named by seed and label, and does not disturb its origin', () => {
    const random = createRandom(42);
    random.next();
    const forked = random.fork('rows');
    expect(forked.next()).toBe(draws('42/rows', 1)[0]);
    expect(random.next()).toBe(draws(42, 2)[1]);
    expect(random.fork('rows').next()).toBe(draws('42/rows', 1)[0]);
  });

  it('gives other streams for other labels, and for forks of forks', () => {
    const random = createRandom(1);
    const firsts = [random, random.fork('a'), random.fork('b'), random.fork('a').fork('b')].map(
      (stream) => stream.next(),
    );
    expect(new Set(firsts).size).toBe(4);
  });
});

describe('what is drawn from it', () => {
  it('uniform stays in its range', () => {
    const random = createRandom('range');
    const values = Array.from({ length: 1000 }, () => random.uniform(-2, 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.min(...values)).toBeLessThan(-1.9);
    expect(Math.max(...values)).toBeLessThan(3);
    expect(Math.max(...values)).toBeGreaterThan(2.9);
  });

  it('integer reaches every value, its ends included, and nothing else', () => {
    const random = createRandom('integers');
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(random.integer(1)).toBe(0);
  });

  it('normal has the moments of the standard normal distribution', () => {
    const random = createRandom('moments');
    const values = Array.from({ length: 100_000 }, random.normal);
    const mean = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Standard errors of the first four moments: 1, sqrt 2, sqrt 15, sqrt 96 over sqrt n.
    expect(Math.abs(mean(1))).toBeLessThan(4 * 0.0032);
    expect(Math.abs(mean(2) - 1)).toBeLessThan(4 * 0.0045);
    expect(Math.abs(mean(3))).toBeLessThan(4 * 0.0123);
    expect(Math.abs(mean(4) - 3)).toBeLessThan(4 * 0.031);
  });

  it('shuffle is a permutation of a copy, every order as likely', () => {
    const items = Object.freeze(['a', 'b', 'c']);
    const random = createRandom('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(items).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4.5 * 29);
    expect(random.shuffle([])).toEqual([]);
  });

  it('pick takes each item', () => {
    const random = createRandom('picks');
    const seen = new Set(Array.from({ length: 200 }, () => random.pick(['x', 'y', 'z'])));
    expect([...seen].sort()).toEqual(['x', 'y', 'z']);
  });
});

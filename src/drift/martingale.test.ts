import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { BETS } from './bets.ts';
import { createMartingale } from './martingale.ts';

describe('BETS', () => {
  it.each(BETS.map((bet, i) => [i, bet] as const))('%i integrates to one', (_i, bet) => {
    // Middles of cells that narrow towards 0, where powers rise: p = x^4.
    const cells = 20_000;
    let sum = 0;
    for (let i = 0; i < cells; i++) {
      const width = ((i + 1) / cells) ** 4 - (i / cells) ** 4;
      sum += width * bet(((i + 0.5) / cells) ** 4);
    }
    expect(sum).toBeCloseTo(1, 3);
  });
});

describe('createMartingale', () => {
  // numpy: every bet from every start, multiplied out: W(t) + sum over s of (W(s - 1) - W(s)) / 8 x
  // sum over bets of np.prod([bet(p) for p in ps[s - 1:t]]), W(0) = 1, W(n) = 15 / (30 + n)
  it.each([
    [
      [0.5, 0.3, 0.9, 0.02, 0.04, 0.01, 0.03, 0.1],
      [
        0.6396266814434256, 0.5928198101387562, 0.570448042232381, 0.6434342288398748,
        1.5208785043006037, 13.911799275467294, 205.92015954329904, 54.42396691881858,
      ],
    ],
    [
      [0.5, 0.3, 0.9, 0.4, 0.99, 0.95, 0.97],
      [
        0.6396266814434256, 0.5928198101387562, 0.570448042232381, 0.5026302069866816,
        0.6823814441380428, 1.0227242458816497, 2.761296424440153,
      ],
    ],
  ])('is the mixture over bets, ends and starts: %j', (ps, expected) => {
    const martingale = createMartingale();
    const capitals = ps.map((p) => martingale.bet(p));
    for (const [i, capital] of capitals.entries()) expect(capital).toBeCloseTo(expected[i]!, 9);
    expect(martingale.capital).toBe(capitals.at(-1));
  });

  it('starts with 1 and goes on from its state as if it had never stopped', () => {
    const random = createRandom('state');
    const whole = createMartingale();
    expect(whole.capital).toBe(1);
    for (let i = 0; i < 20; i++) whole.bet(random.next());
    const rest = createMartingale(JSON.parse(JSON.stringify(whole.state())));
    expect(rest.capital).toBe(whole.capital);
    for (const p of [0.2, 0.001, 0.0001]) expect(rest.bet(p)).toBe(whole.bet(p));
    expect(rest.state()).toEqual(whole.state());
  });

  it('stays finite whatever it is told', () => {
    const martingale = createMartingale();
    for (let i = 0; i < 500; i++) martingale.bet(0);
    expect(Number.isFinite(martingale.capital)).toBe(true);
    for (let i = 0; i < 5000; i++) martingale.bet(1 - 1e-12);
    expect(Number.isFinite(martingale.capital)).toBe(true);
  });

  it('reaches 20 with at most the probability of 1/20 in 1000 uniform p-values', () => {
    const random = createRandom('Ville');
    const streams = 1000;
    let reached = 0;
    for (let stream = 0; stream < streams; stream++) {
      const martingale = createMartingale();
      for (let i = 0; i < 1000; i++) {
        if (martingale.bet(random.next()) < 20) continue;
        reached++;
        break;
      }
    }
    // Binomial(1000, 0.05) stays below 50 + 4 x 6.9; far fewer would mean that it hardly bets.
    expect(reached).toBeLessThan(78);
    expect(reached).toBeGreaterThan(10);
  });

  it('forgets no start: it finds a change after a thousand quiet p-values', () => {
    const random = createRandom('late');
    const martingale = createMartingale();
    for (let i = 0; i < 1000; i++) martingale.bet(random.next());
    let images = 0;
    while (martingale.bet(0.01 * random.next()) < 900) images++;
    expect(images).toBeLessThan(8);
  });
});

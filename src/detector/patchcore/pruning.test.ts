import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { boundTightness } from './boundTightness.ts';
import { centred, columnMeans, squaredNorms } from './memoryBank.ts';
import { principalFrame } from './principalFrame.ts';
import { cheapestPlan, pruningTables } from './pruning.ts';
import { twoLevelPlans } from './searchPlan.ts';

const DIMENSION = 120;
const FINE = 48;

/** @param decay of the variance along the axes; 0: none of them matters more than others */
async function frameOf(rowCount: number, decay: number, noise = 0.01) {
  const random = createRandom(`frame ${decay}`);
  const bank = Float32Array.from({ length: rowCount * DIMENSION }, (_, i) => {
    return random.normal() * Math.exp(-decay * (i % DIMENSION)) + noise * random.normal();
  });
  const rows = centred(bank, columnMeans(bank, DIMENSION));
  const norms = squaredNorms(rows, DIMENSION);
  return principalFrame(rows, norms, DIMENSION, FINE, random);
}

describe('boundTightness', () => {
  it('leaves less open with more coordinates, and with more survivors', async () => {
    const plans = twoLevelPlans(FINE);
    const shares = await boundTightness(await frameOf(1500, 0.05), plans);
    const share = (coarse: number, survivors: number) =>
      shares[plans.findIndex((p) => p.coarse === coarse && p.survivors === survivors)]!.first;
    expect(share(32, 32)).toBeLessThan(share(16, 32));
    expect(share(16, 32)).toBeLessThan(share(16, 16));
    for (const { first, second, third } of shares) {
      expect(third).toBeLessThanOrEqual(second);
      expect(second).toBeLessThanOrEqual(first);
      expect(first).toBeLessThanOrEqual(1);
    }
  });

  it('proves all rows of a bank with few dimensions, none of white noise', async () => {
    const flat = await boundTightness(await frameOf(1500, 1, 0), twoLevelPlans(FINE));
    expect(flat.at(-1)).toEqual({ first: 0, second: 0, third: 0 });
    const noise = await boundTightness(await frameOf(1500, 0), twoLevelPlans(FINE));
    expect(noise.at(-1)).toEqual({ first: 1, second: 1, third: 1 });
  });
});

describe('cheapestPlan', () => {
  it('prunes where the bounds are tight, and is the same again', async () => {
    const plan = await cheapestPlan(await frameOf(9000, 0.3));
    expect(plan).toMatchObject({ kind: 'two-level', fine: FINE });
    expect(await cheapestPlan(await frameOf(9000, 0.3))).toEqual(plan);
  });

  it('compares everything where bounds prove nothing, and where there is little', async () => {
    expect(await cheapestPlan(await frameOf(4000, 0))).toBeNull();
    expect(await cheapestPlan(await frameOf(1000, 0.3))).toBeNull();
  });
});

describe('pruningTables', () => {
  it('hold bounds that float64 confirms, for each place and row', async () => {
    const frame = await frameOf(70, 0.1);
    const plan = { ...twoLevelPlans(FINE)[0]!, groupRows: 32 };
    const tables = pruningTables(frame, plan);
    expect(tables.groupCount).toBe(3);
    expect(tables.rowAt).toHaveLength(96);
    expect(new Set(tables.rowAt).size).toBe(70);
    const { rows, norms } = frame;
    const squareOf = (values: Float32Array) => values.reduce((sum, v) => sum + v * v, 0);
    const place = 5;
    const row = tables.rowAt[place]!;
    const own = rows.subarray(row * DIMENSION, (row + 1) * DIMENSION);
    const column = Array.from(
      { length: plan.coarse + 2 },
      (_, k) => tables.coarse[k * 96 + place]!,
    );
    let inside = 0;
    for (let k = 0; k < plan.coarse; k++) {
      let coordinate = 0;
      for (let i = 0; i < DIMENSION; i++) coordinate += own[i]! * tables.basis[i * FINE + k]!;
      expect(column[k]).toBeCloseTo(-2 * coordinate, 4);
      inside += coordinate ** 2;
    }
    expect(column[plan.coarse]).toBeCloseTo(-2 * Math.sqrt(squareOf(own) - inside), 3);
    expect(column[plan.coarse + 1]).toBeCloseTo(squareOf(own), 4);
    // The squares of the other coordinates and of their rest are what the coarse rest stands for.
    const width = FINE - plan.coarse + 2;
    const finer = tables.finer.subarray(place * width, (place + 1) * width);
    expect(squareOf(finer.subarray(0, -1))).toBeCloseTo(squareOf(own) - inside, 4);
    expect(finer.at(-1)).toBe(column[plan.coarse]! / -2);
    expect(squareOf(finer.subarray(0, -1)) + inside).toBeCloseTo(norms[row]!, 4);
    // Places beyond the last row.
    for (let beyond = 70; beyond < 96; beyond++) {
      expect(tables.coarse[(plan.coarse + 1) * 96 + beyond]).toBeGreaterThan(1e29);
    }
    expect(tables.largestNorm).toBeCloseTo(Math.sqrt(Math.max(...norms)), 5);
    expect(tables.largestRest.coarse).toBeGreaterThanOrEqual(tables.largestRest.fine);
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { boundTightness } from './boundTightness.ts';
import { centred, columnMeans, squaredNorms } from './memoryBank.ts';
import { principalFrame } from './principalFrame.ts';
import { cheapestPlan, pruningTables } from './pruning.ts';
import { twoBoundsPlans } from './searchPlan.ts';

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
  it('leaves less with more coordinates', async () => {
    const plans = twoBoundsPlans(FINE);
    const remaining = await boundTightness(await frameOf(1500, 0.05), plans);
    const [few, , more] = remaining;
    expect(plans.map(({ coarse }) => coarse)).toEqual([16, 24, 32]);
    expect(more!.groups).toBeLessThan(few!.groups);
    expect(more!.open).toBeLessThan(few!.open);
    for (const { groups, survivors, candidates, open, unproven } of remaining) {
      expect(groups).toBeLessThanOrEqual(Math.ceil(1500 / 32));
      expect(candidates).toBeLessThanOrEqual(plans[0]!.mostCandidates);
      expect(survivors).toBeLessThanOrEqual(plans[0]!.mostSurvivors);
      expect(unproven).toBeLessThanOrEqual(open);
      expect(open).toBeLessThanOrEqual(1);
    }
  });

  it('counts what float64 finds below the distance to the row of the smallest bound', async () => {
    const frame = await frameOf(1500, 0.06);
    const plan = { ...twoBoundsPlans(FINE).at(-1)!, mostSurvivors: 1500, mostCandidates: 1500 };
    const [remaining] = await boundTightness(frame, [plan]);
    const { rows, coordinates } = frame;
    /** Of some coordinates and what they leave of the norm. */
    const bound = (a: number, b: number, columns: number) => {
      let square = 0;
      const rest = [frame.norms[a]!, frame.norms[b]!];
      for (let k = 0; k < columns; k++) {
        const [x, y] = [coordinates[a * FINE + k]!, coordinates[b * FINE + k]!];
        square += (x - y) ** 2;
        rest[0]! -= x * x;
        rest[1]! -= y * y;
      }
      return square + (Math.sqrt(Math.max(0, rest[0]!)) - Math.sqrt(Math.max(0, rest[1]!))) ** 2;
    };
    let [survivors, candidates] = [0, 0];
    for (let i = 0; i < 128; i++) {
      const sample = Math.floor(((i + 0.5) * 1500) / 128);
      const others = [...frame.norms.keys()].filter((row) => row !== sample);
      const coarse = others.map((row) => bound(row, sample, plan.coarse));
      const first = others[coarse.indexOf(Math.min(...coarse))]!;
      let limit = 0;
      for (let k = 0; k < DIMENSION; k++) {
        limit += (rows[first * DIMENSION + k]! - rows[sample * DIMENSION + k]!) ** 2;
      }
      survivors += coarse.filter((value) => value < limit).length;
      candidates += others.filter((row) => bound(row, sample, FINE) < limit).length;
    }
    expect(remaining!.survivors / (survivors / 128)).toBeCloseTo(1, 2);
    expect(remaining!.candidates / (candidates / 128)).toBeCloseTo(1, 2);
    expect(survivors).toBeGreaterThan(candidates);
    expect(candidates).toBeGreaterThan(128);
  });

  it('leaves less of patches close to rows than of the rows, and more of foreign ones', async () => {
    const frame = await frameOf(1500, 0.06);
    const plans = [{ ...twoBoundsPlans(FINE).at(-1)!, mostSurvivors: 1500, mostCandidates: 1500 }];
    const random = createRandom('patches');
    const changed = (size: number) =>
      frame.rows.slice(0, 64 * DIMENSION).map((value) => value + size * random.normal());
    const survivors = async (patches?: Float32Array) =>
      (await boundTightness(frame, plans, patches))[0]!.survivors;
    expect(await survivors(changed(0.01))).toBeLessThan(0.9 * (await survivors()));
    expect(await survivors(changed(0.5))).toBeGreaterThan(2 * (await survivors()));
  });

  it('leaves nothing open in a bank with few dimensions, everything in white noise', async () => {
    const flat = await boundTightness(await frameOf(1500, 1, 0), twoBoundsPlans(FINE));
    expect(flat.at(-1)).toMatchObject({ open: 0, unproven: 0 });
    expect(flat.at(-1)!.candidates).toBeLessThan(2);
    const noise = await boundTightness(await frameOf(1500, 0), twoBoundsPlans(FINE));
    expect(noise.at(-1)).toMatchObject({ survivors: 0, candidates: 0, open: 1, unproven: 1 });
  });
});

describe('cheapestPlan', () => {
  it('prunes where the bounds are tight, and is the same again', async () => {
    const plan = await cheapestPlan(await frameOf(9000, 0.3));
    expect(plan).toMatchObject({ kind: 'two-bounds', fine: FINE });
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
    const plan = { ...twoBoundsPlans(FINE)[0]!, groupRows: 32 };
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

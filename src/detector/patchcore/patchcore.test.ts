import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { roundToHalf } from '../../tensor/onnx/halfConstants.ts';
import { type MemoryBank, squaredNorms } from './memoryBank.ts';
import { patchcoreTables } from './patchcore.ts';

function randomBank(rowCount: number, dimension: number): MemoryBank {
  const random = createRandom('bank');
  const rows = Float32Array.from({ length: rowCount * dimension }, (_, i) => {
    return random.normal() * Math.exp(-0.3 * (i % dimension));
  });
  const none = new Int32Array(rowCount);
  return { rows, rowCount, dimension, sourceImage: none, sourcePatch: none };
}

describe('patchcoreTables', () => {
  it('are made from rows as they are stored, those of the bounds as well', async () => {
    const dimension = 60;
    const bank = randomBank(3000, dimension);
    const tables = await patchcoreTables(bank, null, createRandom(1), { stored: roundToHalf });
    expect(tables.rows).toEqual(roundToHalf(tables.rows));
    expect(tables.norms).toEqual(squaredNorms(tables.rows, dimension));
    const ofRounded = { ...bank, rows: tables.rows };
    const again = await patchcoreTables(ofRounded, null, createRandom(1), { plan: tables.plan });
    // The rounded rows' mean is not quite zero.
    expect(Math.max(...again.offset.map(Math.abs))).toBeLessThan(1e-4);
    expect(tables.plan).toEqual((await patchcoreTables(bank, null, createRandom(1))).plan);
  });

  it('take the memory of a bank that is used up, and of no other', async () => {
    const bank = randomBank(50, 8);
    const before = bank.rows.slice();
    const tables = await patchcoreTables(bank, null, createRandom(1));
    expect(bank.rows).toEqual(before);
    const own = await patchcoreTables(bank, null, createRandom(1), { usedUp: true });
    expect(own.rows).toBe(bank.rows);
    expect(own).toEqual(tables);
  });

  it('see the bank along the axes that they are given', async () => {
    const bank = randomBank(6000, 100);
    const { plan, pruning } = await patchcoreTables(bank, null, createRandom(1));
    const axes = pruning!.basis;
    const again = await patchcoreTables(bank, null, createRandom(2), { plan, axes });
    expect(again.pruning).toEqual(pruning);
    const others = await patchcoreTables(bank, null, createRandom(2), { plan });
    expect(others.pruning!.basis).not.toEqual(axes);
  });
});

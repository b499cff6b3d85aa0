import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { roundToHalf } from '../../tensor/onnx/halfConstants.ts';
import { squaredNorms } from './memoryBank.ts';
import { patchcoreTables } from './patchcore.ts';

describe('patchcoreTables', () => {
  it('are made from rows as they are stored, those of the bounds as well', async () => {
    const [rowCount, dimension] = [3000, 60];
    const random = createRandom('stored rows');
    const rows = Float32Array.from({ length: rowCount * dimension }, (_, i) => {
      return random.normal() * Math.exp(-0.3 * (i % dimension));
    });
    const none = new Int32Array(rowCount);
    const bank = { rows, rowCount, dimension, sourceImage: none, sourcePatch: none };
    const tables = await patchcoreTables(bank, null, createRandom(1), { stored: roundToHalf });
    expect(tables.rows).toEqual(roundToHalf(tables.rows));
    expect(tables.norms).toEqual(squaredNorms(tables.rows, dimension));
    const ofRounded = { ...bank, rows: tables.rows };
    const again = await patchcoreTables(ofRounded, null, createRandom(1), { plan: tables.plan });
    // The rounded rows' mean is not quite zero.
    expect(Math.max(...again.offset.map(Math.abs))).toBeLessThan(1e-4);
    expect(tables.plan).toEqual((await patchcoreTables(bank, null, createRandom(1))).plan);
  });
});

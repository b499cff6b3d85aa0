import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { asFloat32, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openSession } from '../tensor/session/session.ts';
import { type EmbeddingKind, embed } from './embedding.ts';

interface Layer {
  readonly channels: number;
  readonly size: number;
  readonly data: Float32Array;
}

function layer(channels: number, size: number): Layer {
  const random = createRandom(`layer ${channels}`);
  const length = channels * size * size;
  return { channels, size, data: Float32Array.from({ length }, random.normal) };
}

async function embedded(layers: readonly Layer[], kind: EmbeddingKind): Promise<Float32Array> {
  const graph = createGraph('embedding');
  const values = layers.map(({ channels, size }, i) =>
    graph.input(`layer${i}`, 'float32', ['N', channels, size, size]),
  );
  const { rows, dimension, grid } = embed(values, kind);
  expect(grid).toEqual([layers[0]!.size, layers[0]!.size]);
  expect(rows.shape[1]).toBe(dimension);
  graph.output('rows', rows);
  await using session = await openSession(encodeModel(graph.toModel()));
  const feeds = layers.map(({ channels, size, data }, i) => {
    return [`layer${i}`, float32(data, [1, channels, size, size])] as const;
  });
  return asFloat32((await session.run(Object.fromEntries(feeds))).rows!);
}

/** A channel's 3 x 3 neighbourhoods as the reference unfolds them, zeros outside. */
function unfold({ channels, size, data }: Layer, y: number, x: number): number[] {
  const values: number[] = [];
  for (let c = 0; c < channels; c++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const [row, column] = [y + dy, x + dx];
        const inside = row >= 0 && column >= 0 && row < size && column < size;
        values.push(inside ? data[(c * size + row) * size + column]! : 0);
      }
    }
  }
  return values;
}

/** torch.nn.functional.adaptive_avg_pool1d */
function adaptivePool(values: readonly number[], bins: number): number[] {
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.floor((bin * values.length) / bins);
    const to = Math.ceil(((bin + 1) * values.length) / bins);
    return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}

/** The unfolded patches of a layer at (y, x) of the first grid: bilinear, half-pixel centres. */
function patchAt(one: Layer, grid: number, y: number, x: number): number[] {
  const place = (i: number) => {
    const at = Math.min(Math.max(((i + 0.5) * one.size) / grid - 0.5, 0), one.size - 1);
    const low = Math.min(Math.floor(at), one.size - 1);
    return { low, high: Math.min(low + 1, one.size - 1), weight: at - low };
  };
  const [v, h] = [place(y), place(x)];
  const corners = [
    [v.low, h.low, (1 - v.weight) * (1 - h.weight)],
    [v.low, h.high, (1 - v.weight) * h.weight],
    [v.high, h.low, v.weight * (1 - h.weight)],
    [v.high, h.high, v.weight * h.weight],
  ] as const;
  const parts = corners.map(([row, column, weight]) =>
    unfold(one, row, column).map((value) => weight * value),
  );
  return parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
}

/** amazon's patchcore-inspection, literally: unfold, resize, pool each layer, pool the layers. */
function literalPaper1024(layers: readonly Layer[], y: number, x: number): number[] {
  const grid = layers[0]!.size;
  const pooled = layers.flatMap((one) => adaptivePool(patchAt(one, grid, y, x), 1024));
  return adaptivePool(pooled, 1024);
}

describe('paper1024', () => {
  it.each([
    ['the closed form of 512 and 1024 channels', [layer(512, 6), layer(1024, 3)]],
    ['two other layers', [layer(40, 6), layer(200, 3)]],
    ['three layers', [layer(30, 6), layer(128, 6), layer(260, 3)]],
    ['one layer', [layer(150, 5)]],
  ])('is the literal unfolding and pooling: %s', async (_, layers) => {
    const rows = await embedded(layers, 'paper1024');
    const grid = layers[0]!.size;
    for (const [y, x] of [
      [0, 0],
      [2, 3],
      [grid - 1, 1],
    ] as const) {
      const expected = literalPaper1024(layers, y, x);
      const found = rows.subarray((y * grid + x) * 1024, (y * grid + x + 1) * 1024);
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)));
      expect(worst).toBeLessThan(1e-4);
    }
  });
});

describe('concat', () => {
  it('is the mean of 3 x 3 with zeros counted, layer after layer, resized to the first grid', async () => {
    const layers = [layer(3, 6), layer(5, 3)];
    const rows = await embedded(layers, 'concat');
    for (const [y, x] of [
      [0, 5],
      [3, 2],
    ] as const) {
      const expected = layers.flatMap((one) => adaptivePool(patchAt(one, 6, y, x), one.channels));
      expected.forEach((value, i) => {
        expect(rows[(y * 6 + x) * 8 + i]!).toBeCloseTo(value, 5);
      });
    }
  });

  it('refuses layers too coarse to localise anything', () => {
    const tiny = createGraph('tiny').input('x', 'float32', ['N', 4, 1, 1]);
    expect(() => embed([tiny], 'concat')).toThrow(/at least 2 x 2/);
  });
});

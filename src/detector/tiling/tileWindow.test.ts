import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../test/support/runGraph.ts';
import { createRandom } from '../../core/random.ts';
import { resizeImage } from '../../image/resizeImage.ts';
import { int64, uint8 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { openSession } from '../../tensor/session/session.ts';
import { tileOfImage } from './tileWindow.ts';
import { type Tiling, tileCount, tileStart, tilesAlong, windowOf } from './tiling.ts';

function noise(width: number, height: number): Uint8Array {
  const random = createRandom(`${width} x ${height}`);
  return Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
}

/** The windows of a photograph's tiles. */
async function windowsOf(pixels: Uint8Array, width: number, height: number, tiling: Tiling) {
  const graph = createGraph('test');
  const image = graph.input('image', 'uint8', ['N', 'H', 'W', 3]);
  const { window } = tileOfImage(image, graph.input('tile', 'int64', []), tiling);
  graph.output('window', window);
  await using session = await openSession(encodeModel(graph.toModel()));
  const windows: number[][] = [];
  for (let tile = 0; tile < tileCount({ width, height }, tiling); tile++) {
    const feeds = { image: uint8(pixels, [1, height, width, 3]), tile: int64([tile], []) };
    const outputs = await session.run(feeds);
    expect(outputs.window!.dims).toEqual([1, 3, windowOf(tiling), windowOf(tiling)]);
    windows.push(numbersOf(outputs.window!));
  }
  return windows;
}

/** As a mirror repeats what is before it, the outermost pixel once. */
function mirrored(place: number, size: number): number {
  for (let at = place; ; ) {
    if (at < 0) at = -at;
    else if (at >= size) at = 2 * (size - 1) - at;
    else return at;
  }
}

describe('the window of a tile', () => {
  const tiling = { tile: 32, halo: 32, shrink: 1 };
  it.each([
    [96, 96],
    [131, 200],
    [40, 97],
  ])(
    'of %i x %i pixels holds the pixels around it, mirrored beyond the photograph',
    async (width, height) => {
      const pixels = noise(width, height);
      const [down, across] = [tilesAlong(height, tiling), tilesAlong(width, tiling)];
      const size = windowOf(tiling);
      const windows = await windowsOf(pixels, width, height, tiling);
      expect(windows).toHaveLength(down.count * across.count);
      for (let tile = 0; tile < windows.length; tile++) {
        const start = (i: number, along: typeof down) =>
          Math.max(0, Math.min(tileStart(i, along, tiling) - tiling.halo, along.padded - size));
        const top = start(Math.floor(tile / across.count), down);
        const left = start(tile % across.count, across);
        const expected: number[] = [];
        for (let channel = 0; channel < 3; channel++) {
          for (let y = top; y < top + size; y++) {
            for (let x = left; x < left + size; x++) {
              const at = mirrored(y, height) * width + mirrored(x, width);
              expected.push(pixels[3 * at + channel]!);
            }
          }
        }
        expect(windows[tile]).toEqual(expected);
      }
    },
  );

  it('is a smaller copy of several pixels a point', async () => {
    const tiling = { tile: 32, halo: 0, shrink: 2 };
    const pixels = noise(64, 64);
    const small = resizeImage({ width: 64, height: 64, data: pixels }, 32, 32).data;
    const [window = []] = await windowsOf(pixels, 64, 64, tiling);
    const planes = [0, 1, 2].flatMap((channel) =>
      Array.from({ length: 32 * 32 }, (_, i) => small[3 * i + channel]!),
    );
    expect(window).toHaveLength(planes.length);
    // resizeImage rounds once, Pillow and the graph after each direction.
    window.forEach((value, i) => {
      expect(Math.abs(value - planes[i]!)).toBeLessThanOrEqual(1);
    });
  });
});

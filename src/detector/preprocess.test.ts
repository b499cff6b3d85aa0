import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeWithShared, referenceNpy, sharedPath } from '../../test/support/shared.ts';
import { asFloat32, uint8 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/protoParts.ts';
import { openSession } from '../tensor/session.ts';
import { preprocess } from './preprocess.ts';

async function run(rgb: Uint8Array, height: number, width: number, resize: number, crop: number) {
  const graph = createGraph('preprocess');
  const image = graph.input('image', 'uint8', ['N', 'H', 'W', 3]);
  graph.output('y', preprocess(image, { resize, crop }));
  await using session = await openSession(encodeModel(graph.toModel()));
  const { y } = await session.run({ image: uint8(rgb, [1, height, width, 3]) });
  return { dims: y!.dims, data: asFloat32(y!) };
}

it('keeps an image that has the wanted size', async () => {
  const rgb = Uint8Array.from({ length: 6 * 6 * 3 }, (_, i) => (i * 37) % 256);
  const { dims, data } = await run(rgb, 6, 6, 6, 6);
  expect(dims).toEqual([1, 3, 6, 6]);
  expect(Array.from(data.subarray(36, 72))).toEqual(
    Array.from({ length: 36 }, (_, i) => rgb[i * 3 + 1]),
  );
});

// PIL.Image.fromarray(a).resize((4, 4), PIL.Image.BILINEAR) of
// a = (np.arange(3 * 7 * 3).reshape(3, 7, 3) * 31 % 256).astype('uint8'), first channel.
it('enlarges and shrinks as Pillow does, at once', async () => {
  const rgb = Uint8Array.from({ length: 3 * 7 * 3 }, (_, i) => (i * 31) % 256);
  const { data } = await run(rgb, 3, 7, 4, 4);
  expect(Array.from(data.subarray(0, 16))).toEqual([
    49, 122, 109, 119, 128, 126, 163, 137, 137, 134, 172, 145, 71, 144, 131, 141,
  ]);
});

it('crops the centre', async () => {
  const rgb = Uint8Array.from({ length: 6 * 6 * 3 }, (_, i) => Math.floor(i / 3));
  const { dims, data } = await run(rgb, 6, 6, 6, 2);
  expect(dims).toEqual([1, 3, 2, 2]);
  expect(Array.from(data.subarray(0, 4))).toEqual([14, 15, 20, 21]);
});

describeWithShared('against Pillow on a photograph', () => {
  it('equals Pillow in every value', async () => {
    const file = sharedPath('data/mvtec/bottle/test/broken_large/000.png');
    const rgb = await sharp(file).raw().toBuffer();
    const { data } = await run(new Uint8Array(rgb), 256, 256, 224, 224);
    const expected = referenceNpy('resnet50v2_input_u8.npy').data as Uint8Array;
    const interleaved = Uint8Array.from(
      expected,
      (_, i) => data[(i % 3) * 224 * 224 + Math.floor(i / 3)]!,
    );
    expect(Buffer.compare(interleaved, expected)).toBe(0);
  });
});

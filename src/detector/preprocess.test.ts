import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeWithShared, referenceNpy, sharedPath } from '../../test/support/shared.ts';
import { sha256 } from '../core/hash.ts';
import { asFloat32, uint8 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openSession } from '../tensor/session/session.ts';
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

// a = (np.arange(h * w * 3) ** 2 // 7 % 256).astype('uint8').reshape(h, w, 3)
// b = np.asarray(PIL.Image.fromarray(a).resize((resize, resize), PIL.Image.BILINEAR))
// s = (resize - crop) // 2; b = b[s:s + crop, s:s + crop]
// hashlib.sha256(np.ascontiguousarray(b).tobytes()).hexdigest()[:16] (Pillow 9.4)
it.each([
  { height: 768, width: 1024, resize: 224, crop: 224, hash: 'a396a4b4986f2c5f' },
  { height: 1000, width: 37, resize: 224, crop: 224, hash: '9119d342d09da641' },
  { height: 5, width: 600, resize: 70, crop: 70, hash: 'e389500949e9ecaa' },
  { height: 300, width: 451, resize: 256, crop: 224, hash: '289812592ba01809' },
  { height: 90, width: 120, resize: 100, crop: 33, hash: '63bd3b9b8d8a6ae3' },
])(
  'equals Pillow in every value: $height x $width to $resize, cropped to $crop',
  async ({ height, width, resize, crop, hash }) => {
    const rgb = Uint8Array.from({ length: height * width * 3 }, (_, i) => Math.floor(i ** 2 / 7));
    const { data } = await run(rgb, height, width, resize, crop);
    const interleaved = Uint8Array.from(
      data,
      (_, i) => data[(i % 3) * crop * crop + Math.floor(i / 3)]!,
    );
    expect(sha256(interleaved).slice(0, 16)).toBe(hash);
  },
);

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

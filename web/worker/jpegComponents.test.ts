import sharp from 'sharp';
import { expect, it } from 'vitest';
import { jpegComponents } from './jpegComponents.ts';

// libvips writes the files.
const jpeg = async (space: 'srgb' | 'b-w' | 'cmyk', progressive = false) => {
  const create = { width: 8, height: 8, channels: 3, background: '#a05030' } as const;
  const image = sharp({ create }).toColourspace(space);
  return image
    .withExif({ IFD0: { Copyright: 'x'.repeat(3000) } })
    .jpeg({ progressive })
    .toBuffer();
};

it.each([
  ['b-w', 1],
  ['srgb', 3],
  ['cmyk', 4],
] as const)('knows the components of %s', async (space, components) => {
  expect(jpegComponents(await jpeg(space))).toBe(components);
  expect(jpegComponents(await jpeg(space, true))).toBe(components);
});

it('knows none of what is no JPEG, or only the start of one', async () => {
  expect(jpegComponents(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBeUndefined();
  expect(jpegComponents((await jpeg('srgb')).subarray(0, 40))).toBeUndefined();
});

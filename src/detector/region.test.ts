import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRegion, encodeRegion, regionSize } from './region.ts';

describe('a region', () => {
  it('is bits in base64, the first pixel the highest', () => {
    // base64.b64encode(numpy.packbits([1,0,0,0,0,0,0,0, 1,1]))
    const region = { width: 5, height: 2, inside: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 1) };
    expect(encodeRegion(region)).toBe('gMA=');
    expect(regionSize(region)).toBe(3);
  });

  it('is read as it was written', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, (values) => {
        const region = { width: values.length, height: 1, inside: Uint8Array.from(values) };
        expect(decodeRegion(encodeRegion(region), values.length, 1)).toEqual(region);
      }),
    );
  });

  it('of megapixels is written and read', () => {
    const inside = Uint8Array.from({ length: 1024 * 1024 }, (_, i) => i % 2);
    const region = { width: 1024, height: 1024, inside };
    const read = decodeRegion(encodeRegion(region), 1024, 1024).inside;
    expect(Buffer.compare(read, inside)).toBe(0);
  });

  it('of another size is refused', () => {
    expect(() => decodeRegion('gMA=', 4, 2)).toThrow('does not fit the map');
  });
});

import { describe, expect, it } from 'vitest';
import { exposure } from './exposure.ts';
import { plainImage } from './paint.ts';

describe('exposure', () => {
  it('agrees with numpy', () => {
    // python3 -c "import numpy as np; y,x=np.mgrid[0:9,0:13]
    //   a=np.dstack([(x*37+y*11)%256,(x*x*3+y)%256,(y*y*7)%256])
    //   a=np.where(((x+y)%2==0)[...,None],a,np.where(x[...,None]<6,254,3))
    //   L=a@[.299,.587,.114]; print(L.mean(), L.std(), (L>=250).mean(), (L<=5).mean())"
    const data = Uint8Array.from({ length: 13 * 9 * 3 }, (_, i) => {
      const x = Math.floor(i / 3) % 13;
      const y = Math.floor(i / 39);
      if ((x + y) % 2 === 1) return x < 6 ? 254 : 3;
      return [x * 37 + y * 11, x * x * 3 + y, y * y * 7][i % 3]! % 256;
    });
    const measured = exposure({ width: 13, height: 9, data });
    expect(measured.mean).toBeCloseTo(112.320906, 4);
    expect(measured.contrast).toBeCloseTo(95.675916, 4);
    expect(measured.bright).toBeCloseTo(0.230769, 6);
    expect(measured.dark).toBeCloseTo(0.273504, 6);
  });

  it.each([
    [249, 0, 0],
    [250, 1, 0],
    [5, 0, 1],
    [6, 0, 0],
  ])('counts grey %i: bright %i, dark %i', (level, bright, dark) => {
    const measured = exposure(plainImage(4, 3, [level, level, level]));
    expect(measured).toMatchObject({ bright, dark });
    expect(measured.mean).toBeCloseTo(level, 3);
    expect(measured.contrast).toBeCloseTo(0, 3);
  });
});

import { describe, expect, it } from 'vitest';
import { resizeMap } from './resizeMap.ts';

const squares = (width: number, height: number) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => i * i),
});

// python3 -c "import torch; m=torch.arange(6.).reshape(1,1,2,3)**2; print(torch.nn.functional
//   .interpolate(m,size=(3,7),mode='bilinear',align_corners=False))", and arange(20) 4 x 5 to 2 x 3
const LARGER = [
  ...[0, 0.142857, 0.571429, 1, 2.285714, 3.571429, 4],
  ...[4.5, 5.071429, 6.785714, 8.5, 11.071429, 13.642857, 14.5],
  ...[9, 10, 13, 16, 19.857143, 23.714286, 25],
];
const SMALLER = [14.5, 26.5, 44.5, 171.166672, 216.5, 267.833344];

describe('resizeMap', () => {
  it('enlarges as PyTorch does', () => {
    const { width, height, data } = resizeMap(squares(3, 2), 7, 3);
    expect([width, height]).toEqual([7, 3]);
    expect(data).toHaveLength(21);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(LARGER[i]!, 5);
    });
  });

  it('reduces as PyTorch does', () => {
    const { data } = resizeMap(squares(5, 4), 3, 2);
    expect(data).toHaveLength(6);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(SMALLER[i]!, 4);
    });
  });

  it('spreads a single value', () => {
    const one = { width: 1, height: 1, data: Float32Array.of(7.5) };
    expect([...resizeMap(one, 3, 2).data]).toEqual([7.5, 7.5, 7.5, 7.5, 7.5, 7.5]);
  });

  it('keeps a map that has the size already', () => {
    expect(resizeMap(squares(3, 2), 3, 2)).toEqual(squares(3, 2));
  });
});

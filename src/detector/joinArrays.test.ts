import { describe, expect, it } from 'vitest';
import { extendedBy } from './joinArrays.ts';

describe('extendedBy', () => {
  it('takes the memory behind the first array, where there is enough', () => {
    const first = new Float32Array(new ArrayBuffer(5 * 4), 0, 3).fill(1);
    const both = extendedBy(first, Float32Array.of(2, 3));
    expect([...both]).toEqual([1, 1, 1, 2, 3]);
    expect(both.buffer).toBe(first.buffer);
  });

  it('makes a new array where there is not', () => {
    const first = new Float32Array(new ArrayBuffer(5 * 4), 0, 3).fill(1);
    const both = extendedBy(first, Float32Array.of(2, 3, 4));
    expect([...both]).toEqual([1, 1, 1, 2, 3, 4]);
    expect(both.buffer).not.toBe(first.buffer);
    expect([...new Float32Array(first.buffer)]).toEqual([1, 1, 1, 0, 0]);
  });
});

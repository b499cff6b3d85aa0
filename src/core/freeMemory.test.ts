import { describe, expect, it } from 'vitest';
import { freeMemory } from './freeMemory.ts';

const MB = 2 ** 20;

describe('freeMemory', () => {
  it('empties the array and what shares its memory, and may do so twice', () => {
    const array = new Float32Array(1000);
    const part = array.subarray(10, 20);
    freeMemory(part);
    expect(array).toHaveLength(0);
    expect(part).toHaveLength(0);
    freeMemory(array);
  });

  it('gives memory back at once, not when garbage is next collected', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 8; i++) freeMemory(new Uint8Array(8 * MB));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * MB);
  });
});

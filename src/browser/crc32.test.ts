import { crc32 as systemsOwn } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { crc32 } from './crc32.ts';

test('is what zlib computes', () => {
  const random = createRandom('crc32');
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  for (const length of [0, 1, 255, 10_000]) {
    const bytes = Uint8Array.from({ length }, () => random.integer(256));
    expect(crc32(bytes)).toBe(systemsOwn(bytes));
  }
});

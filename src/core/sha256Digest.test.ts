import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256Digest } from './sha256Digest.ts';

it('equals OpenSSL for texts of every length around a block, and beyond ASCII', () => {
  const lengths = Array.from({ length: 140 }, (_, i) => 'x'.repeat(i));
  for (const text of [...lengths, 'seed/threshold band', 'Größe 🔩', 'y'.repeat(5000)]) {
    const expected = createHash('sha256').update(text).digest('hex');
    expect(Buffer.from(sha256Digest(text)).toString('hex')).toBe(expected);
  }
});

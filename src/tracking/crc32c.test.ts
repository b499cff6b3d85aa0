import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

/** RFC 3720, appendix B.4; its bytes are in the order of transmission, lowest first. */
const RFC_3720: readonly (readonly [string, Uint8Array, number])[] = [
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 increasing', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['32 decreasing', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  [
    'an iSCSI read command',
    fromHex(
      `${'01c0'}${'0'.repeat(28)}${'14000000'}${'00000400'}` +
        `${'00000014'}${'00000018'}${'28000000'}${'00000000'}${'02000000'}${'00000000'}`,
    ),
    0xd9963a56,
  ],
];

describe('crc32c', () => {
  it.each(RFC_3720)('of %s is that of RFC 3720', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('of nothing is 0, of the check string what catalogues of CRCs list', () => {
    expect(crc32c(new Uint8Array(0))).toBe(0);
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  });
});

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

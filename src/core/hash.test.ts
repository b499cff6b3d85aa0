import { describe, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { sha256, sha256File } from './hash.ts';

// FIPS 180-2, appendix B.
const OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('sha256', () => {
  it('hashes text and bytes alike', () => {
    expect(sha256('abc')).toBe(OF_ABC);
    expect(sha256(Uint8Array.of(97, 98, 99))).toBe(OF_ABC);
    expect(sha256('')).toBe(OF_NOTHING);
  });

  it('hashes only the part of a buffer that a view shows', () => {
    expect(sha256(Uint8Array.of(1, 97, 98, 99, 2).subarray(1, 4))).toBe(OF_ABC);
  });
});

describe('sha256File', () => {
  it('reads files in pieces, empty and longer than one too', async () => {
    const long = new Uint8Array(2_500_000).fill(7);
    const root = makeTree({ abc: 'abc', empty: '', long });
    expect(await sha256File(`${root}/abc`)).toBe(OF_ABC);
    expect(await sha256File(`${root}/empty`)).toBe(OF_NOTHING);
    expect(await sha256File(`${root}/long`)).toBe(sha256(long));
  });

  it('rejects with the system error', async () => {
    await expect(sha256File(`${makeTree({})}/none`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

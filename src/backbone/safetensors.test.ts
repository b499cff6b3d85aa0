import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  safetensorsBytes,
  safetensorsFile,
  storedFloats,
} from '../../test/support/safetensorsFile.ts';
import { openSafetensors } from './safetensors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-safetensors-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(bytes: Uint8Array | string): string {
  const path = join(folder, 'some.safetensors');
  writeFileSync(path, bytes);
  return path;
}

const two = () =>
  safetensorsFile({
    a: storedFloats(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
    half: { dtype: 'F16', shape: [2], bytes: Buffer.from('003c00c1', 'hex') },
    count: { dtype: 'I64', shape: [], bytes: new Uint8Array(8) },
    empty: { dtype: 'F32', shape: [0, 4], bytes: new Uint8Array(0) },
  });

describe('openSafetensors', () => {
  it('reads tensors by name, as float32', async () => {
    const file = await openSafetensors(write(two()));
    expect([...file.tensors.keys()]).toEqual(['a', 'half', 'count', 'empty']);
    const a = await file.float32('a');
    expect(a).toEqual({ type: 'float32', dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect((await file.float32('half')).data).toEqual(Float32Array.of(1, -2.5));
    expect((await file.float32('empty')).data).toHaveLength(0);
  });

  it('names a tensor that is not there or holds no floats', async () => {
    const file = await openSafetensors(write(two()));
    await expect(file.float32('b')).rejects.toThrow(/some\.safetensors lacks the weights b/);
    await expect(file.float32('count')).rejects.toMatchObject({
      kind: 'input',
      details: { found: 'I64' },
    });
  });

  it('does not mind names that objects have by themselves', async () => {
    const one = storedFloats(Float32Array.of(9), [1]);
    const bytes = safetensorsBytes(
      '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      one.bytes,
    );
    const file = await openSafetensors(write(bytes));
    expect((await file.float32('__proto__')).data).toEqual(Float32Array.of(9));
    await expect(file.float32('constructor')).rejects.toMatchObject({ kind: 'input' });
  });

  it('notices a file that became shorter since it was opened', async () => {
    const path = write(two());
    const file = await openSafetensors(path);
    await truncate(path, 200);
    await expect(file.float32('half')).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringContaining('some.safetensors'),
      details: { found: 'the file became shorter while it was read' },
    });
  });
});

describe('a file that is not well-formed', () => {
  const refused = (bytes: Uint8Array | string, found: string | RegExp) =>
    expect(openSafetensors(write(bytes))).rejects.toMatchObject({
      kind: 'input',
      message: expect.stringMatching(/some\.safetensors/),
      details: { found: expect.stringMatching(found) },
    });
  const entries = (text: string, dataBytes = 8) =>
    safetensorsBytes(`{${text}}`, new Uint8Array(dataBytes));
  const entry = (begin: number, end: number, shape = '[1]', dtype = 'F32') =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

  it.each([0, 3, 7])('of %i bytes is refused', (size) =>
    refused(new Uint8Array(size), `${size} bytes`),
  );

  it('of another kind is refused', async () => {
    await refused('<!doctype html><title>not found</title>', /a header of \d+ bytes/);
    await refused(safetensorsBytes('hello, no header', new Uint8Array(4)), /not JSON/);
    await refused(safetensorsBytes('[1, 2]', new Uint8Array(4)), 'not a JSON object');
    await refused(safetensorsBytes('null', new Uint8Array(4)), 'not a JSON object');
    await refused(Buffer.concat([safetensorsBytes('', Buffer.of(0xff, 0xfe))]), /not JSON/);
  });

  it('with a header longer than itself, or than memory, is refused unread', async () => {
    const huge = Buffer.alloc(64);
    huge.writeBigUInt64LE(2n ** 63n);
    await refused(huge, 'a header of 9223372036854775808 bytes in a file of 64');
    huge.writeBigUInt64LE(57n);
    await refused(huge, 'a header of 57 bytes in a file of 64');
  });

  it('cut short anywhere is refused', async () => {
    const whole = two();
    for (const missing of [1, 8, 30, whole.length - 100, whole.length - 9]) {
      await expect(openSafetensors(write(whole.subarray(0, -missing)))).rejects.toMatchObject({
        kind: 'input',
      });
    }
    await expect(openSafetensors(write(whole.subarray(0, -1)))).rejects.toThrow(
      /is cut short\n.*36 bytes of numbers\n.*35 bytes/,
    );
  });

  it.each([
    ['no type', '"a":{"shape":[1],"data_offsets":[0,4]}'],
    ['a negative length', `"a":${entry(0, 4, '[-1]')}`],
    ['a fraction of a length', `"a":${entry(0, 4, '[0.5]')}`],
    ['a length beyond exact numbers', `"a":${entry(0, 4, '[1e300]')}`],
    ['a negative place', `"a":${entry(-4, 0)}`],
    ['one offset', '"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}'],
    ['a number for an entry', '"a":3'],
  ])('whose tensor has %s is refused', (_, text) =>
    refused(entries(text), 'tensor a without type, shape and place'),
  );

  it('whose shape and bytes disagree is refused', async () => {
    await refused(entries(`"a":${entry(0, 8, '[3]')}`), /tensor a: 8 bytes for F32 \[3\]/);
    const overflow = '[4294967296,4294967296,4]';
    await refused(entries(`"a":${entry(0, 8, overflow)}`), /tensor a: 8 bytes/);
  });

  it('whose tensors overlap, leave gaps or run backwards is refused', async () => {
    await refused(entries(`"a":${entry(0, 4)},"b":${entry(0, 4)}`), 'tensor b overlaps another');
    await refused(entries(`"a":${entry(4, 8)}`), 'a gap before a');
    await refused(entries(`"a":${entry(8, 0, '[1]', 'F99')}`), 'a gap before a');
    await expect(openSafetensors(write(entries(`"a":${entry(0, 4)}`)))).rejects.toThrow(
      'holds more than its tensors',
    );
  });

  it('with a type of the future is refused when that is used', async () => {
    const file = await openSafetensors(write(entries(`"a":${entry(0, 8, '[16]', 'F4')}`)));
    await expect(file.float32('a')).rejects.toMatchObject({ details: { found: 'F4' } });
  });

  it('that is none, or a folder, is named', async () => {
    await expect(openSafetensors(join(folder, 'none'))).rejects.toThrow(/none\n.*\n.*ENOENT/);
    await expect(openSafetensors(folder)).rejects.toMatchObject({ kind: 'input' });
  });
});

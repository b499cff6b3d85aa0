import { describe, expect, it } from 'vitest';
import { multipartBoundary, multipartParts, type Part } from './multipart.ts';

/** What a standard library writes for a form. */
async function formBytes(form: FormData): Promise<{ bytes: Uint8Array; boundary: string }> {
  const response = new Response(form);
  const boundary = multipartBoundary(response.headers.get('content-type')!)!;
  return { bytes: new Uint8Array(await response.arrayBuffer()), boundary };
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function partsOf(text: string | Uint8Array, boundary = 'b', most = 1000, size = 1000) {
  const parts: Part[] = [];
  const body = inPieces(typeof text === 'string' ? Buffer.from(text) : text, size);
  for await (const part of multipartParts(body, boundary, most)) parts.push(part);
  return parts;
}

const part = (content: string, headers = 'content-disposition: form-data; name="image"') =>
  `--b\r\n${headers}\r\n\r\n${content}\r\n`;

describe('multipartParts', () => {
  it.each([1, 2, 3, 7, 64, 1e6])(
    'reads what FormData writes, in pieces of %i bytes',
    async (size) => {
      const form = new FormData();
      const bytes = Uint8Array.from({ length: 700 }, (_, i) => (i % 7 === 0 ? 13 : i % 256));
      form.append('image', new Blob([bytes]), 'a "quoted".png');
      form.append('note', 'grüße');
      form.append('image', new Blob([]), 'empty.png');
      const { bytes: body, boundary } = await formBytes(form);
      const parts = await partsOf(body, boundary, 1000, size);
      expect(parts.map(({ field, fileName }) => [field, fileName])).toEqual([
        ['image', 'a "quoted".png'],
        ['note', undefined],
        ['image', 'empty.png'],
      ]);
      expect(Buffer.from(parts[0]!.bytes!)).toEqual(Buffer.from(bytes));
      expect(Buffer.from(parts[1]!.bytes!).toString('utf8')).toBe('grüße');
      expect(parts[2]!.bytes).toHaveLength(0);
    },
  );

  it('passes over a part that is too large, and reads the next', async () => {
    const body = `${part('x'.repeat(5000))}${part('y')}--b--`;
    const parts = await partsOf(body, 'b', 100, 33);
    expect(parts[0]!.bytes).toBeUndefined();
    expect(Buffer.from(parts[1]!.bytes!).toString()).toBe('y');
  });

  it('takes content that looks like a boundary, and what stands around the parts', async () => {
    const parts = await partsOf(`preamble\r\n${part('--b\r\n--')}--b--epilogue`);
    expect(Buffer.from(parts[0]!.bytes!).toString()).toBe('--b\r\n--');
  });

  it.each([
    ['nothing', ''],
    ['another boundary', part('x').replaceAll('--b', '--c')],
    ['no last boundary', part('x')],
    ['an end within headers', '--b\r\ncontent-disposition: form'],
    ['an end within a part', '--b\r\ncontent-disposition: form-data; name="image"\r\n\r\nabc'],
    ['a boundary that goes on', '--bb\r\n\r\n'],
    ['a part without a field', `${part('x', 'content-type: image/png')}--b--`],
    ['endless headers', `--b\r\nx: ${'y'.repeat(10_000)}\r\n\r\nx\r\n--b--`],
    ['an endless beginning', `${'x'.repeat(10_000)}${part('x')}--b--`],
  ])('refuses %s with 400', async (_name, body) => {
    await expect(partsOf(body)).rejects.toMatchObject({ status: 400 });
  });
});

describe('multipartBoundary', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
    ['image/png', undefined],
    ['', undefined],
  ])('of %j is %j', (type, boundary) => {
    expect(multipartBoundary(type)).toBe(boundary);
  });

  it.each(['multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(71)}`])(
    'refuses %s',
    (type) => {
      expect(() => multipartBoundary(type)).toThrow(expect.objectContaining({ status: 400 }));
    },
  );
});

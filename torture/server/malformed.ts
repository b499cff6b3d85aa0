/** Requests that are nearly right: written as they should be, then broken, all from a seed. */
import type { Random } from '../../src/core/random.ts';

export interface Originals {
  readonly model: string;
  /** A small image that can be judged. */
  readonly image: Uint8Array;
}

/** What parsers stumble over, put in somewhere. */
const TOKENS = [
  'Content-Length: 5\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 18446744073709551616\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding : chunked\r\n',
  'Expect: 100-continue\r\n',
  'Connection: upgrade\r\nUpgrade: h2c\r\n',
  'Host: evil.example\r\n',
  'Content-Encoding: gzip\r\n',
  'Content-Type: multipart/form-data\r\n',
  'Origin: null\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\0',
  '--b--\r\n',
  '\r\n--b\r\n',
  'fffffffffffffffff\r\n',
  '0\r\n\r\n',
  '../../../../etc/passwd',
  '%2e%2e%2f%00',
  '\ufffd\u202e',
  '"}\r\n{"verdict":"normal"}',
  'HTTP/9.9',
  'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  'y'.repeat(3000),
];

export function malformedRequest(random: Random, originals: Originals): Buffer {
  let bytes = wellFormed(random, originals);
  const changes = 1 + random.integer(4);
  for (let i = 0; i < changes; i++) bytes = changed(bytes, random);
  return bytes;
}

function wellFormed(random: Random, { model, image }: Originals): Buffer {
  const request = (line: string, headers: readonly string[], body: Uint8Array = Buffer.alloc(0)) =>
    Buffer.concat([
      Buffer.from(`${line} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers.join('\r\n')}\r\n\r\n`),
      body,
    ]);
  const length = (body: Uint8Array) => `Content-Length: ${body.length}`;
  switch (random.integer(5)) {
    case 0:
      return request(`GET /v1/models/${model}?x=1`, ['Accept: */*']);
    case 1:
      return request(
        `POST /v1/models/${model}/inspect?map=png&name=a`,
        [...['Content-Type: image/png', length(image)]],
        image,
      );
    case 2: {
      const chunk = Buffer.concat([
        Buffer.from(`${image.length.toString(16)}\r\n`),
        image,
        Buffer.from('\r\n0\r\n\r\n'),
      ]);
      const headers = ['Content-Type: image/png', 'Transfer-Encoding: chunked'];
      return request(`POST /v1/models/${model}/inspect`, headers, chunk);
    }
    case 3: {
      const part = 'Content-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n';
      const body = Buffer.concat([
        ...[Buffer.from(`--b\r\n${part}`), image, Buffer.from(`\r\n--b\r\n${part}`)],
        ...[image, Buffer.from('\r\n--b--\r\n')],
      ]);
      const headers = ['Content-Type: multipart/form-data; boundary=b', length(body)];
      return request(`POST /v1/models/${model}/inspect-batch`, headers, body);
    }
    default: {
      const body = Buffer.from('{"verdict":"normal","by":"Ada","note":""}');
      const headers = ['Content-Type: application/json', length(body)];
      return request(`POST /v1/journal/${'a'.repeat(64)}/override`, headers, body);
    }
  }
}

function changed(bytes: Buffer, random: Random): Buffer {
  // Mostly where requests are told apart; images have a part of the torture of their own.
  const span = random.integer(4) === 0 ? bytes.length : Math.min(bytes.length, 400);
  const at = random.integer(Math.max(1, span));
  const end = Math.min(bytes.length, at + 1 + random.integer(40));
  const parts = (middle: Uint8Array, from = at) =>
    Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(from)]);
  switch (random.integer(6)) {
    case 0:
      return parts(Buffer.from([random.integer(256)]), at + 1);
    case 1:
      return parts(Buffer.alloc(0), end);
    case 2:
      return parts(bytes.subarray(at, end));
    case 3:
      return bytes.subarray(0, at);
    default:
      return parts(Buffer.from(TOKENS[random.integer(TOKENS.length)]!));
  }
}

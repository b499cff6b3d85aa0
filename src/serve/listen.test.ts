import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder, photographPng } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { type TestApp, testApp } from '../../test/support/serveApp.ts';
import { listen, mostConnections } from './listen.ts';

let folder: ReturnType<typeof makeFolder>;
let app: TestApp;
let server: Server;
let port: number;
let dropped = 0;

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 5 }));
  const model = `${folder.root}/part.onnx`;
  await quickFit({ data: folder.root, output: model });
  app = await testApp({ models: [model] });
  server = await listen(app.fetch, {
    ...{ host: '127.0.0.1', port: 0, limits: { workers: 1, timeoutSeconds: 5 } },
    onDropped: () => void dropped++,
  });
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app[Symbol.asyncDispose]();
  folder.remove();
});

const opened = () => connect(port, '127.0.0.1');

/** All that comes for these bytes, until the server closes or says nothing more. */
function said(bytes: string | Uint8Array, socket: Socket = opened()): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    let quiet = setTimeout(end, 20_000);
    function end() {
      clearTimeout(quiet);
      socket.destroy();
      resolve(text);
    }
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      clearTimeout(quiet);
      quiet = setTimeout(end, 150);
    });
    socket.on('close', end).on('error', () => {});
    socket.write(bytes);
  });
}

const HOST = 'Host: 127.0.0.1';
const statusesIn = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const request = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`;

const POST = 'POST /v1/models/part/inspect';
const IMAGE = 'Content-Type: image/png';

describe('what two programs might read as different requests', () => {
  // A request after it, which must not be answered: it would be one that a proxy has not seen.
  const hidden = request('GET /healthz', HOST);

  it.each<[string, string[], string]>([
    ['both lengths', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    [
      'both lengths, turned around',
      ['Transfer-Encoding: chunked', 'Content-Length: 4'],
      '0\r\n\r\n',
    ],
    ['two lengths', ['Content-Length: 4', 'Content-Length: 40'], 'abcd'],
    ['a list of lengths', ['Content-Length: 4, 4'], 'abcd'],
    ['a length with a sign', ['Content-Length: +4'], 'abcd'],
    ['a length in hexadecimal', ['Content-Length: 0x4'], 'abcd'],
    ['a negative length', ['Content-Length: -4'], ''],
    ['a transfer coding that is none', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['chunked before another coding', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a space before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded header', ['X: 1\r\n Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a chunk size that is none', ['Transfer-Encoding: chunked'], 'zz\r\n\r\n'],
    ['a chunk size beyond all numbers', ['Transfer-Encoding: chunked'], `${'f'.repeat(17)}\r\n`],
    ['a chunk longer than it says', ['Transfer-Encoding: chunked'], '1\r\nab\r\n0\r\n\r\n'],
    ['lines that end in LF alone', ['X: 1\nTransfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a NUL in a header', ['X: a\0b'], ''],
  ])('is refused, and ends the connection: %s', async (_name, headers, body) => {
    const text = await said(`${request(POST, HOST, IMAGE, ...headers)}${body}${hidden}`);
    expect(statusesIn(text)).toEqual([400]);
    expect(text).not.toContain('"status":"ok"');
  });

  it.each([
    ['no Host', []],
    ['two of them', [HOST, 'Host: other.example']],
    ['one that is none', ['Host: 127.0.0.1/..']],
    ['one with a user', ['Host: a@127.0.0.1']],
    ['one that is nearly an address', ['Host: 127.0.0.0.0.1']],
    ['one that ends in a number', ['Host: m27.0.0.1']],
  ])('is refused: %s', async (_name, headers) => {
    const [status] = statusesIn(await said(request('GET /v1/models', ...headers)));
    expect([400, 403]).toContain(status);
  });

  it('answers requests on one connection in their order', async () => {
    const three = ['/healthz', '/nothing', '/v1/models'].map((path) =>
      request(`GET ${path}`, HOST),
    );
    const text = await said(three.join(''));
    expect(statusesIn(text)).toEqual([200, 404, 200]);
    expect(text.indexOf('"status":"ok"')).toBeLessThan(text.indexOf('"models"'));
  });
});

describe('methods', () => {
  it('answers HEAD without a body, and every other with 405 or 404 and no permission for others', async () => {
    const head = await said(request('HEAD /healthz', HOST));
    expect(statusesIn(head)).toEqual([200]);
    expect(head).toMatch(/\r\n\r\n$/);
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'PURGE']) {
      const origin = ['Origin: http://127.0.0.1', 'Access-Control-Request-Method: POST'];
      const text = await said(request(`${method} /v1/models/part/inspect`, HOST, ...origin));
      const [status] = statusesIn(text);
      expect([403, 405], method).toContain(status);
      expect(text.toLowerCase(), method).not.toContain('access-control-allow');
    }
    expect(statusesIn(await said(request('BREW /healthz', HOST)))).toEqual([400]);
    expect(statusesIn(await said(request('CONNECT 127.0.0.1:22', HOST)))).toEqual([]);
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket'];
    expect(statusesIn(await said(request('GET /healthz', HOST, ...upgrade)))).toEqual([200]);
  });
});

describe('who is asked for', () => {
  it.each(['Host: evil.example', 'Host: evil.example:8080', 'Host: 127.0.0.1.evil.example'])(
    'is refused where a name of others points here: %s',
    async (host) => {
      expect(statusesIn(await said(request('GET /v1/models', host)))).toEqual([403]);
      expect(statusesIn(await said(request('GET http://evil.example/v1/models', host)))).toEqual([
        403,
      ]);
    },
  );

  it('takes the names of this machine', async () => {
    for (const host of ['Host: localhost:8080', 'Host: 127.0.0.1', 'Host: [::1]:80']) {
      expect(statusesIn(await said(request('GET /v1/models', host))), host).toEqual([200]);
    }
    expect(statusesIn(await said('GET /healthz HTTP/1.0\r\n\r\n'))).toEqual([200]);
  });
});

describe('what is too much', () => {
  it('refuses headers that are too large with 431, and too many of them', async () => {
    const large = request('GET /healthz', HOST, `X: ${'y'.repeat(20_000)}`);
    expect(statusesIn(await said(large))).toEqual([431]);
    const many = Array.from({ length: 3000 }, (_, i) => `X-${i}: y`);
    expect(statusesIn(await said(request('GET /healthz', HOST, ...many)))).toEqual([431]);
    expect(statusesIn(await said(request(`GET /${'a'.repeat(20_000)}`, HOST)))).toEqual([431]);
  });

  it('refuses a body in very small pieces, and takes one in small ones', async () => {
    const image = Buffer.from(await photographPng({ seed: 1 }));
    const chunks = (size: number) => {
      const pieces: (string | Buffer)[] = [];
      for (let at = 0; at < image.length; at += size) {
        const piece = image.subarray(at, at + size);
        pieces.push(`${piece.length.toString(16)}\r\n`, piece, '\r\n');
      }
      return Buffer.concat([...pieces, '0\r\n\r\n'].map((piece) => Buffer.from(piece)));
    };
    expect(image.length).toBeGreaterThan(10_000);
    const head = Buffer.from(request(POST, HOST, IMAGE, 'Transfer-Encoding: chunked'));
    const tiny = await said(Buffer.concat([head, chunks(1)]));
    expect(statusesIn(tiny)).toEqual([400]);
    expect(tiny).toContain('very small pieces');
    expect(statusesIn(await said(Buffer.concat([head, chunks(100)])))).toEqual([200]);
  });

  it('closes connections beyond those it can hold, and goes on with these', async () => {
    const held = [opened(), opened()];
    const before = server.maxConnections;
    for (const socket of held) expect(statusesIn(await oneAnswer(socket))).toEqual([200]);
    server.maxConnections = 2;
    expect(await said(request('GET /healthz', HOST))).toBe('');
    expect(dropped).toBe(1);
    for (const socket of held) expect(statusesIn(await oneAnswer(socket))).toEqual([200]);
    server.maxConnections = before;
    for (const socket of held) socket.destroy();
  });

  it('leaves room for the files of its own', () => {
    expect(mostConnections(20_000, 4)).toBe(16_384);
    expect(mostConnections(4096, 4)).toBe(4096 - 160);
    expect(mostConnections(64, 4)).toBe(32);
    expect(mostConnections(1, 1)).toBe(1);
  });
});

/** The connection stays open. */
const oneAnswer = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once('data', (piece) => resolve(piece.toString('latin1')));
    socket.write(request('GET /healthz', HOST));
  });

describe('every answer', () => {
  it.each([
    ['GET /healthz', 200],
    ['GET /nothing', 404],
    ['GET /v1/models/part/inspect', 405],
    ['GET /v1/../..\\etc', 400],
  ])('says what browsers may not do with it: %s', async (line, status) => {
    const text = await said(request(line, HOST));
    expect(statusesIn(text)).toEqual([status]);
    for (const header of [
      'x-content-type-options: nosniff',
      'x-frame-options: deny',
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
      'cache-control: no-store',
      'cross-origin-resource-policy: same-origin',
      'referrer-policy: no-referrer',
    ]) {
      expect(text.toLowerCase()).toContain(`${header}\r\n`);
    }
    expect(text).not.toMatch(/x-powered-by|\nserver:/i);
  });
});

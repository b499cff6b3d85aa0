import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { jsonOf, type TestApp, testApp } from '../../test/support/serveApp.ts';
import { sha256 } from '../core/hash.ts';
import { isToken, requireTokenOrLoopback } from './security.ts';

let folder: ReturnType<typeof makeFolder>;
let model: string;
let app: TestApp;
const TOKEN = 'a-secret';

const pages = makeFolder({
  'page/index.html': '<!doctype html><title>page</title>',
  'page/ort/run.wasm': 'wasm',
  'page/models.json': '{ "models": [] }',
  'secret.txt': 'not for you',
});

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 5 }));
  model = join(folder.root, 'part.onnx');
  await quickFit({ data: folder.root, output: model });
  app = await testApp({ models: [model], token: TOKEN, page: join(pages.root, 'page') });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder.remove();
  pages.remove();
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('a token', () => {
  it('is asked for everywhere but where probes and documents are', async () => {
    for (const path of ['/v1/models', '/v1/models/part/file', '/metrics', '/', '/models.json']) {
      const without = await app.ask(path);
      expect([without.status, without.headers.get('www-authenticate')], path).toEqual([
        401,
        'Bearer realm="flawmap"',
      ]);
      for (const wrong of ['a-secre', 'a-secret-', 'another']) {
        expect((await app.ask(path, bearer(wrong))).status, path).toBe(401);
      }
    }
    for (const path of ['/healthz', '/readyz', '/openapi.json']) {
      expect((await app.ask(path)).status, path).toBe(200);
    }
  });

  it('is taken as a header, and as the cookie that a browser gets', async () => {
    expect((await app.ask('/v1/models', bearer(TOKEN))).status).toBe(200);
    const signIn = await app.ask(`/?token=${encodeURIComponent(TOKEN)}`);
    expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/']);
    const cookie = signIn.headers.get('set-cookie')!;
    expect(cookie).toContain('; HttpOnly; SameSite=Strict');
    const headers = { cookie: `other=1; ${cookie.split(';')[0]}` };
    expect((await app.ask('/v1/models', { headers })).status).toBe(200);
    expect((await app.ask('/?token=wrong')).status).toBe(401);
  });

  it('is compared whole', () => {
    expect([
      isToken('x', 'x'),
      isToken('', 'x'),
      isToken('xx', 'x'),
      isToken(undefined, 'x'),
    ]).toEqual([true, false, false, false]);
  });

  it('is needed where other machines can ask, but for whoever insists', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '127.8.0.1']) {
      expect(() => requireTokenOrLoopback(host, undefined, false), host).not.toThrow();
    }
    for (const host of ['0.0.0.0', '::', '192.168.1.7', 'line3.example']) {
      expect(() => requireTokenOrLoopback(host, undefined, false), host).toThrow('FLAWMAP_TOKEN');
      expect(() => requireTokenOrLoopback(host, 'x', false), host).not.toThrow();
      expect(() => requireTokenOrLoopback(host, undefined, true), host).not.toThrow();
    }
  });
});

describe('other web pages', () => {
  it('cannot have a browser ask for them', async () => {
    await using open = await testApp({ models: [model] });
    const path = '/v1/models/part/inspect';
    const post = (headers: Record<string, string>) =>
      open.ask(path, { method: 'POST', headers: { 'content-type': 'image/png', ...headers } });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    // An empty image: they got in.
    expect((await post({ origin: 'http://localhost' })).status).toBe(422);
    expect((await post({})).status).toBe(422);
  });
});

describe('the page', () => {
  const cookie = { headers: { cookie: `flawmap_token=${encodeURIComponent(TOKEN)}` } };

  it('is served with its type, a tag, and a policy', async () => {
    const page = await app.ask('/', cookie);
    expect(await page.text()).toBe('<!doctype html><title>page</title>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const wasm = await app.ask('/ort/run.wasm', cookie);
    expect([wasm.headers.get('content-type'), wasm.headers.get('cache-control')]).toEqual([
      'application/wasm',
      'no-cache',
    ]);
    const headers = { ...cookie.headers, 'if-none-match': wasm.headers.get('etag')! };
    expect((await app.ask('/ort/run.wasm', { headers })).status).toBe(304);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/ort/..%2f..%2fsecret.txt',
    '/ort/%2e%2e/%2e%2e/secret.txt',
    '//secret.txt',
    '/.%00./secret.txt',
    '/ort',
    '/..\\secret.txt',
  ])('gives nothing but its own files: %s', async (path) => {
    expect((await app.ask(path, cookie)).status).toBe(404);
  });

  it('finds the models of the server in models.json, not those of the folder', async () => {
    expect(await jsonOf(await app.ask('/models.json', cookie))).toEqual({
      models: [{ name: 'part', file: 'v1/models/part/file' }],
    });
    const file = await app.ask('/v1/models/part/file', cookie);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.equals(readFileSync(model))).toBe(true);
    expect(file.headers.get('etag')).toBe(`"${sha256(bytes)}"`);
    const headers = { ...cookie.headers, 'if-none-match': `"${sha256(bytes)}"` };
    expect((await app.ask('/v1/models/part/file', { headers })).status).toBe(304);
  });

  it('has a stand-in where it was not built', async () => {
    await using bare = await testApp({ models: [model] });
    const text = await (await bare.ask('/')).text();
    expect(text).toContain('no inspector page');
    expect(text).toContain('<code>part</code>');
  });
});

describe('a model', () => {
  it('tells what it promises, and what set its threshold', async () => {
    expect(await jsonOf(await app.ask('/v1/models/part', bearer(TOKEN)))).toMatchObject({
      ...{ name: 'part', sha256: sha256(readFileSync(model)), method: 'patchcore' },
      ...{ backbone: 'filterbank', inputSize: 128, size: { width: 128, height: 128 } },
      ...{ judges: { mmPerPixel: null }, reload: { state: 'current', since: null, problem: null } },
      calibration: { counts: { normal: 1, anomalous: 0 }, heldOut: [expect.any(Number)] },
      conditions: { watching: true, images: 0, alarm: null },
    });
  });
});

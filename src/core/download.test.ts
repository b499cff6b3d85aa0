import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Download, downloadFile } from './download.ts';
import type { ProgressEvent } from './progress.ts';

const content = randomBytes(300_000);
const contentHash = createHash('sha256').update(content).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let server: Server;
/** What the server does with the first request, the second, ...; the last one repeats. */
let answers: Answer[];
let requests: IncomingMessage[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-download-'));
  answers = [];
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (answer) answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights.bin`;
const target = () => join(folder, 'deep', 'weights.bin');
const get = (options: Partial<Download> = {}) =>
  downloadFile({ url: url(), to: target(), retryDelay: 1, ...options });
const leftovers = () => (existsSync(join(folder, 'deep')) ? readdirSync(join(folder, 'deep')) : []);

/** Honours Range and If-Range as RFC 9110 says. */
function serve(bytes: Buffer, etag = '"v1"'): Answer {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const sameVersion = [undefined, etag].includes(request.headers['if-range'] as string);
    response.setHeader('etag', etag);
    if (from > 0 && sameVersion && from >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    } else if (from > 0 && sameVersion) {
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': bytes.length - from });
      response.end(bytes.subarray(from));
    } else {
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    }
  };
}

/** Promises everything, sends the first bytes and drops the connection. */
function breakOff(bytes: Buffer, after: number, headers: Record<string, string>): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length, ...headers });
    response.write(bytes.subarray(0, after), () => setTimeout(() => response.destroy(), 20));
  };
}

/** A port that was free a moment ago. */
async function addressOfNoServer(): Promise<string> {
  const gone = createServer();
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
  const { port } = gone.address() as AddressInfo;
  await new Promise((done) => gone.close(done));
  return `http://127.0.0.1:${port}/weights.bin`;
}

const fail =
  (status: number): Answer =>
  (_request, response) =>
    response.writeHead(status).end('an error page');

describe('downloadFile', () => {
  it('makes the folder, writes the file, and says its size and hash', async () => {
    answers = [serve(content)];
    const done = await get({ sha256: contentHash, size: content.length });
    expect(done).toEqual({ path: target(), sha256: contentHash, size: content.length });
    expect(readFileSync(target()).equals(content)).toBe(true);
    expect(leftovers()).toEqual(['weights.bin']);
  });

  it('reports progress in megabytes up to the announced size', async () => {
    answers = [serve(content)];
    const events: ProgressEvent[] = [];
    await get({ onProgress: (event) => events.push(event) });
    const last = events.filter((event) => event.step.startsWith('downloading')).at(-1);
    expect(last).toEqual({ step: 'downloading weights.bin', done: 0.3, total: 0.3, unit: 'MB' });
  });

  it('replaces an older file and writes an empty one', async () => {
    answers = [serve(content), serve(Buffer.alloc(0))];
    await get();
    const done = await get();
    expect(done.size).toBe(0);
    expect(readFileSync(target()).length).toBe(0);
  });

  it('continues after a dropped connection where it stopped', async () => {
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), serve(content)];
    await get({ sha256: contentHash });
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(requests[1]?.headers['if-range']).toBe('"v1"');
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('starts over when the server has another version by then', async () => {
    const newer = randomBytes(200_000);
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), serve(newer, '"v2"')];
    await get();
    expect(requests[1]?.headers['if-range']).toBe('"v1"');
    expect(readFileSync(target()).equals(newer)).toBe(true);
  });

  it('starts over when the server ignores the range', async () => {
    const whole: Answer = (_request, response) => response.writeHead(200).end(content);
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), whole];
    await get({ sha256: contentHash });
    expect(requests[1]?.headers.range).toBeDefined();
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('does not take the rest from a server that cannot name the version', async () => {
    answers = [breakOff(content, 100_000, {}), serve(content)];
    await get();
    expect(requests[1]?.headers.range).toBeUndefined();
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('takes the rest without a version where the known hash checks it', async () => {
    answers = [breakOff(content, 100_000, { etag: 'W/"weak"' }), serve(content)];
    await get({ sha256: contentHash });
    expect(requests[1]?.headers.range).toBeDefined();
    expect(requests[1]?.headers['if-range']).toBeUndefined();
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('does not use the part of another address', async () => {
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), fail(404), serve(content)];
    await expect(get()).rejects.toThrow('404');
    await get({ url: `${url()}?other` });
    expect(requests[2]?.headers.range).toBeUndefined();
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('starts over when the server answers with another range', async () => {
    const wrongRange: Answer = (_request, response) =>
      response.writeHead(206, { 'content-range': `bytes 5-9/${content.length}` }).end('wrong');
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), wrongRange, serve(content)];
    await get();
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('tries again after passing failures of the server, and gives up in the end', async () => {
    answers = [fail(503), fail(429), serve(content)];
    await get();
    expect(requests).toHaveLength(3);
    requests = [];
    answers = [fail(500)];
    await expect(get()).rejects.toMatchObject({ kind: 'environment' });
    expect(requests).toHaveLength(5);
  });

  it('gives up when every attempt breaks off at the same byte', async () => {
    answers = [breakOff(content, 1000, {})];
    await expect(get()).rejects.toThrow('the connection broke off');
    expect(requests.length).toBeLessThanOrEqual(6);
    expect(existsSync(target())).toBe(false);
  });

  it('gives up an attempt that brings no data', async () => {
    answers = [() => {}, serve(content)];
    await get({ patience: 150 });
    expect(requests).toHaveLength(2);
  });

  it('asks once for a missing file, and names the address and the place for it', async () => {
    answers = [fail(404)];
    const error = await get().catch((thrown) => thrown);
    expect(requests).toHaveLength(1);
    expect(error).toMatchObject({ kind: 'environment' });
    expect(error.message).toContain(url());
    expect(error.message).toContain('404');
    expect(error.message).toContain(`save it as ${target()}`);
  });

  it('names the reason when there is no server and when the name is unknown', async () => {
    const closed = await addressOfNoServer();
    await expect(get({ url: closed })).rejects.toThrow(/refused the connection \(ECONNREFUSED\)/);
    await expect(get({ url: 'http://flawmap.invalid/x' })).rejects.toThrow(
      /name of the server is not known here \((ENOTFOUND|EAI_AGAIN)\)/,
    );
    await expect(get({ url: 'no address' })).rejects.toThrow('ERR_INVALID_URL');
  });

  it('removes a file with the wrong hash, naming both', async () => {
    answers = [serve(content)];
    const expected = '0'.repeat(64);
    const error = await get({ sha256: expected }).catch((thrown) => thrown);
    expect(error.details).toMatchObject({
      expected: `SHA-256 ${expected}`,
      found: `SHA-256 ${contentHash}`,
    });
    expect(leftovers()).toEqual([]);
  });

  it('refuses another size than expected before and after the transfer', async () => {
    const unannounced: Answer = (_request, response) => {
      response.writeHead(200);
      response.write(content);
      response.end();
    };
    for (const answer of [serve(content), unannounced]) {
      answers = [answer];
      await expect(get({ size: 299_999 })).rejects.toMatchObject({
        details: { expected: '299999 bytes', found: '300000 bytes' },
      });
      expect(leftovers()).toEqual([]);
    }
  });

  it('stops with the reason of the signal, keeps the part, and continues it later', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    answers = [breakOff(content, 100_000, { etag: '"v1"' }), serve(content)];
    const onProgress = () => controller.abort(reason);
    await expect(get({ signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(leftovers()).toEqual(['weights.bin.part', 'weights.bin.part.json']);
    await get({ sha256: contentHash });
    expect(requests[1]?.headers.range).toBeDefined();
    expect(leftovers()).toEqual(['weights.bin']);
  });

  it('sends nothing when the signal is aborted already, and stops waiting between attempts', async () => {
    await expect(get({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(requests).toHaveLength(0);
    answers = [fail(503)];
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('tired')), 50);
    await expect(get({ signal: controller.signal, retryDelay: 60_000 })).rejects.toThrow('tired');
  });

  it('finishes a part that was complete already', async () => {
    const controller = new AbortController();
    answers = [serve(content)];
    const onProgress = ({ step }: ProgressEvent) => {
      if (step.startsWith('checking')) controller.abort(new Error('stop'));
    };
    await expect(get({ signal: controller.signal, onProgress })).rejects.toThrow('stop');
    await get();
    expect(requests).toHaveLength(2);
    expect(readFileSync(target()).equals(content)).toBe(true);
  });

  it('says which path cannot be written', async () => {
    answers = [serve(content)];
    mkdirSync(join(target(), 'in the way'), { recursive: true });
    await expect(get()).rejects.toThrow(`cannot write ${target()}`);
  });
});

/** A local S3 server (s3rver) for tests, and faults between it and whoever asks it. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import S3rver from 's3rver';
import { onTestFinished, vi } from 'vitest';
import { makeTree } from './tree.ts';

export const BUCKET = 'flawmap-test';

export type Fault =
  /** The server answers so, and has done nothing. */
  | { readonly kind: 'status'; readonly status: number; readonly code: string }
  /** The request is done, the answer comes later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The request never gets through. */
  | { readonly kind: 'refuse' }
  /** The request is done, the connection ends after so many bytes of the answer's body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** A bit of the answer's body is another. */
  | { readonly kind: 'corrupt' };

export interface S3Request {
  readonly method: string;
  /** Below the bucket, with its query. */
  readonly path: string;
  readonly range: string | undefined;
}

export interface S3Server {
  readonly endpoint: string;
  readonly requests: S3Request[];
  /** What happens to a request; undefined: nothing. */
  fault: (request: S3Request) => Fault | undefined;
  /** What S3 does and s3rver does not: a name is given once (`If-None-Match: *`). */
  conditional: boolean;
}

/** Runs until the test ends; `AWS_*` variables lead to it. */
export async function startS3(): Promise<S3Server> {
  const directory = join(makeTree({ 'buckets/': '' }), 'buckets');
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await s3.run();
  const state: S3Server = { endpoint: '', requests: [], fault: () => undefined, conditional: true };
  const proxy = createServer((incoming, outgoing) => pass(state, port, incoming, outgoing));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    proxy.closeAllConnections();
    proxy.close();
    s3.httpServer.closeAllConnections();
    await s3.close();
    vi.unstubAllEnvs();
  });
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  return Object.assign(state, { endpoint });
}

/** Paths that are being given to somebody on a condition. */
const naming = new Set<string>();

function pass(
  state: S3Server,
  port: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const seen: S3Request = {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').replace(`/${BUCKET}`, ''),
    range: incoming.headers.range,
  };
  state.requests.push(seen);
  const fault = state.fault(seen);
  if (fault?.kind === 'refuse') {
    incoming.socket.destroy();
    return;
  }
  if (fault?.kind === 'status') {
    incoming.resume();
    refuse(outgoing, fault.status, fault.code);
    return;
  }
  const forward = () => {
    const { method, url, headers } = incoming;
    const asked = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      // Whoever reads no further, or a server that ends, leaves half an answer.
      send(answer, outgoing, fault).catch(() => outgoing.destroy());
    });
    pipeline(incoming, asked).catch(() => outgoing.destroy());
  };
  if (incoming.headers['if-none-match'] !== '*') {
    forward();
    return;
  }
  if (!state.conditional) {
    incoming.resume();
    refuse(outgoing, 501, 'NotImplemented');
    return;
  }
  const [path = ''] = (incoming.url ?? '').split('?');
  // As S3 answers while another request gives the same name.
  if (naming.has(path)) {
    incoming.resume();
    refuse(outgoing, 409, 'ConditionalRequestConflict');
    return;
  }
  naming.add(path);
  outgoing.once('close', () => naming.delete(path));
  const asked = request({ host: '127.0.0.1', port, method: 'HEAD', path }, ({ statusCode }) => {
    if (statusCode !== 200) return forward();
    incoming.resume();
    refuse(outgoing, 412, 'PreconditionFailed');
  });
  asked.end();
}

async function send(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'slow') await wait(fault.ms);
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    if (fault?.kind === 'corrupt' && bytes === 0) piece[0]! ^= 1;
    bytes += piece.length;
    if (fault?.kind === 'cut' && bytes > fault.afterBytes) {
      const rest = piece.subarray(0, piece.length - (bytes - fault.afterBytes));
      outgoing.write(rest, () => outgoing.destroy());
      return;
    }
    outgoing.write(piece);
  }
  if (fault?.kind === 'cut') outgoing.destroy();
  else outgoing.end();
}

function refuse(outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' });
  outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

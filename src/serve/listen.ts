/** The HTTP server below the app: how long, how much and how many it bears. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { environmentError, messageOf, systemCode } from '../core/error.ts';
import type { Admission } from './admission.ts';
import { type Limits, UPLOAD_SECONDS } from './limits.ts';
import { openFileLimit } from './openFileLimit.ts';
import { asRefusal, problemResponse, Refusal } from './problem.ts';
import { secure } from './security.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly limits: Pick<Limits, 'workers' | 'timeoutSeconds'>;
  /** Told of each connection that is closed at once, because there are too many. */
  onDropped(): void;
}

/** How long after its last answer a connection may take to end. */
const GRACE_MS = 2_000;
/** However many the system allows: each takes some kilobytes. */
const MOST_CONNECTIONS = 16_384;
/** Where the system does not tell its limit. */
const USUAL_LIMIT = 1_024;

/** @throws FlawmapError (environment) for a port that is taken */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port, limits, onDropped }: ListenOptions,
): Promise<Server> {
  // Some names of hosts are let through that are none, such as 127.0.0.0.1.
  const read = (request: Request) => (URL.canParse(request.url) ? fetch(request) : unreadable());
  const answer = getRequestListener(read, {
    // Answers may go to clients that sent no `Host`: HTTP/1.0 has none.
    hostname: host.includes(':') ? `[${host}]` : host,
    overrideGlobalObjects: false,
    errorHandler: unreadable,
  });
  const options = {
    headersTimeout: 10_000,
    // Longer than proxies keep theirs: one that is used just when it ends loses a request.
    keepAliveTimeout: 65_000,
    requestTimeout: 1000 * UPLOAD_SECONDS,
    connectionsCheckingInterval: 2_000,
    // What one program reads as one request and another as two gets past a proxy.
    insecureHTTPParser: false,
  };
  const server = createServer(options, (request, response) => {
    if (hostsOf(request) < 2) return void answer(request, response);
    const refusal = unreadable();
    response.writeHead(refusal.status, {
      ...Object.fromEntries(refusal.headers),
      connection: 'close',
    });
    void refusal.text().then((text) => response.end(text));
  });
  // Whoever does not fetch its answer has it kept for so long.
  server.timeout = 1000 * Math.max(UPLOAD_SECONDS, 2 * limits.timeoutSeconds);
  server.maxConnections = mostConnections((await openFileLimit()) ?? USUAL_LIMIT, limits.workers);
  server.on('drop', onDropped);
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return server;
  } catch (error) {
    throw environmentError({
      what: `cannot listen on ${host}:${port}`,
      found: systemCode(error) === 'EADDRINUSE' ? 'another program does' : messageOf(error),
      remedy: 'choose another --port, or --port 0 for any that is free',
      cause: error,
    });
  }
}

/**
 * What the system leaves beside the files that the server needs itself: journal, page, models, workers.
 * Beyond it, connections could not even be refused.
 */
export function mostConnections(openFiles: number, workers: number): number {
  const own = Math.min(Math.ceil(openFiles / 2), 128 + 8 * workers);
  return Math.max(1, Math.min(MOST_CONNECTIONS, openFiles - own));
}

/** Node.js takes the first of several, others the last. */
const hostsOf = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length;

/** Of a request that does not get as far as the app: its address or its `Host` make no sense. */
function unreadable(error?: unknown): Response {
  const isOfClient =
    error === undefined || (error instanceof Error && error.name === 'RequestError');
  const refusal = new Refusal(400, {
    what: 'the address or the Host header of this request cannot be understood',
    remedy: 'GET /openapi.json tells every address there is',
  });
  const response = problemResponse(isOfClient ? refusal : asRefusal(error));
  secure(response.headers);
  return response;
}

/** Takes nothing more, and waits until all that was taken is answered. */
export async function closeServer(server: Server, admission: Admission): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await admission.whenEmpty();
  const cutting = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(cutting);
}

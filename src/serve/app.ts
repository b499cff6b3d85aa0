/** From a request to its answer: who may ask, which address is meant, what went wrong. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import { checked, type Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints/endpoints.ts';
import { noPage } from './noPage.ts';
import { openApiDocument } from './openapi.ts';
import { asRefusal, isOwnFailure, problemResponse, Refusal } from './problem.ts';
import {
  isAuthorised,
  isToken,
  requireOwnOrigin,
  secure,
  tokenCookie,
  unauthorised,
} from './security.ts';
import type { Service } from './service.ts';

/** What metrics call a request that no address was meant by. */
const ELSEWHERE = 'other';

interface Variables {
  /** The endpoint's path, for metrics. */
  readonly path: string;
}

/**
 * @param local whether only this machine can reach the server
 */
export function createApp(service: Service, local: boolean): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>({ getPath: pathOf });
  const document = JSON.stringify(openApiDocument(ENDPOINTS));
  const open = new Set([
    '/openapi.json',
    ...ENDPOINTS.flatMap((one) => (one.open ? one.path : [])),
  ]);

  app.use(async (c, next) => {
    const started = performance.now();
    c.set('path', ELSEWHERE);
    await next();
    secure(c.res.headers);
    // A client that keeps its connection would hold up the end.
    if (service.isClosing()) c.res.headers.set('connection', 'close');
    const seconds = (performance.now() - started) / 1000;
    service.metrics.answered(c.get('path'), c.req.method, c.res.status, seconds);
  });
  app.use(async (c, next) => {
    const { token, metrics } = service;
    try {
      requireOwnOrigin(c.req.raw, local && token === undefined);
    } catch (error) {
      metrics.refused('origin');
      throw error;
    }
    if (token === undefined || open.has(c.req.path)) return next();
    const signIn = new URL(c.req.url).searchParams.get('token');
    if (c.req.path === '/' && signIn !== null && isToken(signIn, token)) {
      return new Response(null, {
        status: 303,
        headers: { location: '/', 'set-cookie': tokenCookie(token), 'cache-control': 'no-store' },
      });
    }
    if (isAuthorised(c.req.raw, token)) return next();
    metrics.refused('token');
    throw unauthorised();
  });

  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method.toUpperCase(), path, (c) => answer(c, endpoint, service));
    app.all(path, (c) => {
      c.set('path', endpoint.path);
      throw wrongMethod(c.req.method, endpoint.method);
    });
  }
  app.get('/openapi.json', (c) => {
    c.set('path', '/openapi.json');
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  app.get('*', (c) => {
    const found = service.page.file(c.req.path, c.req.header('if-none-match') ?? null);
    if (found !== undefined) {
      c.set('path', '/');
      return found;
    }
    if (c.req.path === '/' && !service.page.present)
      return noPage([...service.models.current.keys()]);
    throw notFound(c.req.path);
  });

  app.notFound((c) => problemResponse(notFound(c.req.path)));
  app.onError((error) => {
    if (isOwnFailure(error)) service.onFailure(error);
    return problemResponse(asRefusal(error));
  });
  return app;
}

async function answer(
  c: Context<{ Variables: Variables }>,
  endpoint: Endpoint,
  service: Service,
): Promise<Response> {
  c.set('path', endpoint.path);
  const given = c.req.query();
  const query = endpoint.query && checked(endpoint.query, given, 'the query', 400);
  const parameters = c.req.param() as Record<string, string>;
  return endpoint.handle({ service, request: c.req.raw, parameters, query: query ?? {} });
}

/** As it stands in the address, without its query: decoded dots must not become steps up. */
const pathOf = (request: Request): string => new URL(request.url).pathname;

const notFound = (path: string) =>
  new Refusal(404, {
    what: 'there is nothing at this address',
    found: path,
    remedy: 'GET /openapi.json tells every address there is',
  });

const wrongMethod = (found: string, allowed: string) =>
  new Refusal(
    405,
    { what: 'this address is not used that way', expected: allowed.toUpperCase(), found },
    { allow: allowed === 'get' ? 'GET, HEAD' : allowed.toUpperCase() },
  );

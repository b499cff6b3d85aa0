/** Who may ask: by token, and not by way of somebody else's web page. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { usageError } from '../core/error.ts';
import { Refusal } from './problem.ts';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** For answers that are no page of ours, and say nothing else. */
const WITHOUT_PAGE: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** What every answer has. */
export function secure(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  for (const [name, value] of Object.entries(WITHOUT_PAGE)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

const TOKEN_COOKIE = 'flawmap_token';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** @throws FlawmapError (usage) where anybody in the network could use the server */
export function requireTokenOrLoopback(
  host: string,
  token: string | undefined,
  withoutToken: boolean,
): void {
  if (isLoopback(host) || token !== undefined || withoutToken) return;
  throw usageError({
    what: `--host ${host} lets everybody in the network use the server`,
    expected: 'a token, or a host that is reached from this machine alone (127.0.0.1)',
    found: 'no --token and no $FLAWMAP_TOKEN',
    remedy: 'set $FLAWMAP_TOKEN, or add --without-token where something else keeps others out',
  });
}

/** As `Authorization: Bearer TOKEN`, or as the cookie that `/?token=TOKEN` sets. */
export function isAuthorised(request: Request, token: string): boolean {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return isToken(bearer, token) || isToken(cookieOf(request), encodeURIComponent(token));
}

/** In the same time whatever is given. */
export function isToken(given: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(token)) && given !== undefined;
}

function cookieOf(request: Request): string | undefined {
  for (const cookie of (request.headers.get('cookie') ?? '').split(/; */)) {
    const [name, value] = cookie.split('=');
    if (name === TOKEN_COOKIE) return value;
  }
  return undefined;
}

/** Scripts cannot read it, and pages of others cannot send it. */
export const tokenCookie = (token: string): string =>
  `${TOKEN_COOKIE}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict`;

export const unauthorised = () =>
  new Refusal(
    401,
    {
      what: 'this server asks for a token',
      expected: 'Authorization: Bearer TOKEN; in a browser, open /?token=TOKEN once',
      remedy: 'ask whoever started the server for it',
    },
    { 'www-authenticate': 'Bearer realm="flawmap"' },
  );

/**
 * A page of another site must not use a browser to ask: not by a form or a script (`Origin`), nor by
 * a name of its own that it has made point here (`Host`, where there is no token to stop it).
 * @param local whether only this machine can reach the server, and nobody needs a token
 * @throws Refusal 403
 */
export function requireOwnOrigin(request: Request, local: boolean): void {
  const { host, hostname } = new URL(request.url);
  const origin = request.headers.get('origin');
  const foreign =
    request.headers.get('sec-fetch-site') === 'cross-site' ||
    (origin !== null && origin !== 'null' && hostOf(origin) !== host) ||
    origin === 'null';
  const unsafe = request.method !== 'GET' && request.method !== 'HEAD';
  if (unsafe && foreign) throw forbidden(`a request from ${origin ?? 'another site'}`);
  if (local && !isLoopback(hostname)) throw forbidden(`the host ${hostname}`);
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

const forbidden = (found: string) =>
  new Refusal(403, {
    what: 'requests from other web pages are not answered',
    expected: 'the address the server was started with',
    found,
    remedy: 'open the page at the address that `flawmap serve` has printed',
  });

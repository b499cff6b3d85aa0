/** What is answered when a request fails: application/problem+json (RFC 9457), never a stack trace. */
import { STATUS_CODES } from 'node:http';
import { type ErrorDetails, FlawmapError } from '../core/error.ts';
import type { Problem } from './schemas.ts';

/** A failure whose HTTP status is known where it happens. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: ErrorDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, details: ErrorDetails, headers: Record<string, string> = {}) {
    super(details.what);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

const STATUS_OF_KIND = { usage: 400, input: 422, environment: 503, internal: 500 } as const;

/**
 * Whether a failure is the server's own, and not what the client has sent: its message is for the log,
 * because it may name files of the server and what its processes have said.
 */
export const isOwnFailure = (error: unknown): boolean =>
  !(error instanceof Refusal) &&
  !(error instanceof FlawmapError && (error.kind === 'usage' || error.kind === 'input'));

/** Whatever was thrown as a refusal; what is the server's own failure says nothing of its inside. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FlawmapError) {
    if (!isOwnFailure(error)) return new Refusal(STATUS_OF_KIND[error.kind], error.details);
    if (error.kind === 'environment') {
      return new Refusal(503, {
        what: 'the machine that the server runs on refused',
        remedy: "send it again later; the server's log says more",
      });
    }
  }
  return new Refusal(500, {
    what: 'the server failed',
    remedy: 'its log says more; please report it',
  });
}

export function problemOf({
  status,
  details: { what, expected, found, remedy },
}: Refusal): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: what,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    ...(remedy !== undefined && { remedy }),
  };
}

export const problemResponse = (refusal: Refusal): Response =>
  new Response(JSON.stringify(problemOf(refusal)), {
    status: refusal.status,
    headers: { 'content-type': PROBLEM_TYPE, ...refusal.headers },
  });

/** Why downloads fail, in words; and which failures are worth another attempt. */
import { environmentError, type FlawmapError, messageOf, systemCode } from './error.ts';

/** The server answered with something else than the file. */
export class RefusedByServer extends Error {
  readonly status: number;

  constructor(status: number, statusText: string) {
    super(`the server answered ${status} ${statusText}`.trimEnd());
    this.status = status;
  }
}

const PERMANENT_CODES = new Set(['ENOTFOUND', 'ECONNREFUSED', 'ERR_INVALID_URL']);
const PASSING_STATUSES = new Set([408, 425, 429]);

export function isPassing(error: unknown): boolean {
  if (error instanceof RefusedByServer) {
    return error.status >= 500 || PASSING_STATUSES.has(error.status);
  }
  const code = networkCode(error);
  return code === undefined || !(PERMANENT_CODES.has(code) || isCertificateCode(code));
}

/** @param to where the user can place the file by hand */
export function downloadFailure(url: string, to: string, error: unknown): FlawmapError {
  return environmentError({
    what: `cannot download ${url}`,
    found: reasonOf(error),
    remedy: `check the network and try again, or fetch that address some other way and save it as ${to}`,
    cause: error,
  });
}

/** Why a request over the network failed, in words. */
export function reasonOf(error: unknown): string {
  if (error instanceof RefusedByServer) return error.message;
  const code = networkCode(error);
  if (code === undefined) return messageOf(rootOf(error));
  return `${describeCode(code)} (${code})`;
}

function describeCode(code: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'the name of the server is not known here';
  if (code === 'ECONNREFUSED') return 'the server refused the connection';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection broke off';
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'the server did not answer in time';
  if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return 'there is no way to the server';
  if (isCertificateCode(code)) return "the server's certificate is not trusted here";
  return 'the connection failed';
}

const isCertificateCode = (code: string) => /CERT|SIGNATURE|ERR_TLS/.test(code);

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;

/** The system's or the HTTP client's; fetch wraps the error, once or more often. */
export function networkCode(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code !== undefined) return code;
  return error instanceof Error && error.cause !== undefined ? networkCode(error.cause) : undefined;
}

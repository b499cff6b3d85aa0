/** What a failure of S3 means: whether it passes, and else what to do. */
import { environmentError, FlawmapError, messageOf, systemCode } from '../core/error.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const PASSING_NAMES = [
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequests',
  // Two wrote the same name at once.
  'ConditionalRequestConflict',
  'OperationAborted',
];
const PASSING_CODES = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ERR_STREAM_PREMATURE_CLOSE',
];

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

export const isMissingObject = (error: unknown): boolean =>
  ['NoSuchKey', 'NotFound'].includes(nameOf(error));

/** Something has this name. */
export const isTaken = (error: unknown): boolean => statusOf(error) === 412;

/** Of an upload in parts. */
export const isUploadGone = (error: unknown): boolean => nameOf(error) === 'NoSuchUpload';

/** The server does not know conditional writes. */
export const isNotKnown = (error: unknown): boolean =>
  statusOf(error) === 501 || nameOf(error) === 'NotImplemented';

export function isPassing(error: unknown): boolean {
  if (error instanceof FlawmapError) return false;
  const status = statusOf(error) ?? 0;
  if ((status >= 500 && status !== 501) || status === 429 || status === 408) return true;
  const code = systemCode(error);
  return (
    PASSING_NAMES.includes(nameOf(error)) ||
    (code !== undefined && PASSING_CODES.includes(code)) ||
    isBroken(error)
  );
}

/** A connection that ended too early; Node.js says so in a few ways. */
const isBroken = (error: unknown): boolean =>
  /socket hang up|aborted|premature close|other side closed/i.test(messageOf(error));

const REMEDIES: Record<string, string> = {
  NoSuchBucket: 'make the bucket, or correct its name; flawmap makes none',
  InvalidBucketName: 'correct the name of the bucket',
  AccessDenied:
    'give these credentials s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on what is in it',
  AllAccessDisabled: 'the bucket is closed to everybody: ask its owner',
  InvalidAccessKeyId:
    'correct AWS_ACCESS_KEY_ID, or AWS_ENDPOINT_URL_S3: this server does not know it',
  SignatureDoesNotMatch: 'correct AWS_SECRET_ACCESS_KEY',
  ExpiredToken: 'the credentials have expired: get new ones',
  InvalidToken: 'correct AWS_SESSION_TOKEN, or get new credentials',
  CredentialsProviderError: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
  AuthorizationHeaderMalformed: "set AWS_REGION to the bucket's region",
  PermanentRedirect: "set AWS_REGION to the bucket's region",
  QuotaExceeded: "the store is full: make room, or raise the bucket's quota",
  XMinioStorageFull: 'the store is full: make room',
};
const FORBIDDEN = REMEDIES.AccessDenied!;

/**
 * @param url of the store
 * @returns a FlawmapError (environment), unless it is one or an abort
 */
export function s3Failure(url: string, endpoint: string, error: unknown): unknown {
  if (error instanceof FlawmapError || nameOf(error) === 'AbortError') return error;
  const name = nameOf(error);
  const status = statusOf(error);
  if (/region is missing/i.test(messageOf(error))) {
    return environmentError({
      what: `the store ${url} cannot be reached: no region is given`,
      remedy: 'set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server of your own',
      cause: error,
    });
  }
  if (status === undefined && name !== 'CredentialsProviderError') {
    return environmentError({
      what: `the store ${url} cannot be reached at ${endpoint}`,
      found: systemCode(error) ?? messageOf(error),
      remedy: 'see that the server runs, and that AWS_ENDPOINT_URL_S3 and AWS_REGION are right',
      cause: error,
    });
  }
  const remedy = REMEDIES[name] ?? (status === 403 ? FORBIDDEN : undefined);
  const answer = [status, name].filter(Boolean).join(' ');
  return environmentError({
    what: `the store ${url} ${status === undefined ? 'cannot be used' : 'refused'}`,
    found: [answer, messageOf(error)].join(': '),
    remedy:
      remedy ??
      (isPassing(error) ? 'run again later; finished work is kept' : 'see what the server says'),
    cause: error,
  });
}

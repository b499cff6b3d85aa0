/** The bytes of a request's body, no more than allowed and no later. */
import { Refusal } from '../problem.ts';
import { gather } from './gather.ts';

/**
 * Stops reading as soon as too much has come, or before anything where the header says so.
 * @param refusal what is thrown then, 413
 * @throws Refusal, also as `bodyChunks`; whatever the signal was aborted with
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  signal: AbortSignal,
  refusal = tooManyBytes,
): Promise<Uint8Array> {
  requireLength(request, maxBytes, refusal);
  const body = gather();
  for await (const chunk of bodyChunks(request, signal)) {
    const length = body.length + chunk.length;
    if (length > maxBytes) throw refusal(maxBytes, `${length} bytes and more`);
    body.add(chunk);
  }
  return body.bytes();
}

/** @throws Refusal 413 when the body is announced as too long */
export function requireLength(request: Request, maxBytes: number, refusal = tooManyBytes): void {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw refusal(maxBytes, `${announced} bytes`);
}

export const tooManyBytes = (maxBytes: number, found: string) =>
  new Refusal(413, {
    what: 'the body is too large',
    expected: `at most ${maxBytes} bytes an image`,
    found,
    remedy: 'send a smaller image, or start the server with a larger --max-bytes',
  });

/** A client that sends less than this, after so long, only keeps others out. */
const SLOWEST_BYTES_PER_SECOND = 1024;
const FIRST_SECONDS = 10;
/** Each piece costs time, however small. */
const SMALL_PIECES = 2_000;
const SMALLEST_MEAN = 64;

/**
 * What has come of a body, chunk after chunk.
 * @param idleSeconds the longest wait for a chunk; default: as long as the signal lets it
 * @throws whatever the signal was aborted with, where the next chunk does not come before; Refusal
 * 400 where the connection breaks or the body comes in tiny pieces, 408 after an idle time or where it
 * comes too slowly
 */
export async function* bodyChunks(
  request: Request,
  signal: AbortSignal,
  idleSeconds?: number,
): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const stop = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
  // Nobody may be waiting just then.
  stop.catch(() => {});
  let received = 0;
  let pieces = 0;
  let waited = 0;
  try {
    for (;;) {
      const asked = performance.now();
      const patience = FIRST_SECONDS + received / SLOWEST_BYTES_PER_SECOND - waited;
      const idle = idleSeconds ?? Number.POSITIVE_INFINITY;
      const { done, value } = await inTime(
        Promise.race([reader.read(), stop]),
        Math.min(idle, Math.max(0, patience)),
        idle < patience ? () => pausing(idle) : tooSlow,
      );
      if (done) return;
      waited += (performance.now() - asked) / 1000;
      received += value.length;
      pieces++;
      if (pieces > SMALL_PIECES && received < SMALLEST_MEAN * pieces) throw tinyPieces();
      yield value;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : incomplete();
  } finally {
    // Cancelled, the connection would break before the client has read why.
    reader.releaseLock();
  }
}

/** @param late makes what is thrown when it takes longer */
function inTime<T>(awaited: Promise<T>, seconds: number, late: () => Refusal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), 1000 * seconds);
    awaited.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const pausing = (seconds: number) =>
  new Refusal(408, {
    what: 'the body stopped coming',
    expected: `some of it every ${seconds} s`,
    remedy: 'send it without long pauses, or start the server with a longer --timeout',
  });

const tooSlow = () =>
  new Refusal(408, {
    what: 'the body comes too slowly',
    expected: `at least ${SLOWEST_BYTES_PER_SECOND} bytes a second after the first ${FIRST_SECONDS} s`,
    remedy: 'send it over a faster connection',
  });

const tinyPieces = () =>
  new Refusal(400, {
    what: 'the body comes in very small pieces',
    expected: `at least ${SMALLEST_MEAN} bytes a piece on average`,
    remedy: 'write larger pieces at once',
  });

const incomplete = () =>
  new Refusal(400, {
    what: 'the body ended before it was complete',
    remedy: 'send the request again',
  });

/** The bytes of a request's body, no more than allowed and no later. */
import { clientLate } from '../deadline.ts';
import { Refusal } from '../problem.ts';

/**
 * Stops reading as soon as too much has come, or before anything where the header says so.
 * @throws Refusal 413; whatever the signal was aborted with
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  requireLength(request, maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bodyChunks(request, signal)) {
    length += chunk.length;
    if (length > maxBytes) throw tooManyBytes(maxBytes, `${length} bytes and more`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws Refusal 413 when the body is announced as too long */
export function requireLength(request: Request, maxBytes: number): void {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooManyBytes(maxBytes, `${announced} bytes`);
}

export const tooManyBytes = (maxBytes: number, found: string) =>
  new Refusal(413, {
    what: 'the body is too large',
    expected: `at most ${maxBytes} bytes an image`,
    found,
    remedy: 'send a smaller image, or start the server with a larger --max-bytes',
  });

/**
 * What has come of a body, chunk after chunk.
 * @param idleSeconds the longest wait for a chunk; default: as long as the signal lets it
 * @throws whatever the signal was aborted with, where the next chunk does not come before; Refusal
 * 400 where the connection breaks, 408 after an idle time
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
  try {
    for (;;) {
      const { done, value } = await inTime(Promise.race([reader.read(), stop]), idleSeconds);
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : incomplete();
  } finally {
    // Cancelled, the connection would break before the client has read why.
    reader.releaseLock();
  }
}

/** @throws Refusal 408 */
function inTime<T>(awaited: Promise<T>, seconds: number | undefined): Promise<T> {
  if (seconds === undefined) return awaited;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(clientLate(seconds)), 1000 * seconds);
    awaited.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const incomplete = () =>
  new Refusal(400, {
    what: 'the body ended before it was complete',
    remedy: 'send the request again',
  });

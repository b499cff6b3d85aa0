/**
 * Reads multipart/form-data (RFC 7578) part by part as it comes: of a batch, one image is in memory
 * at a time, and one that is too large is passed over without being kept.
 */
import { Refusal } from '../problem.ts';
import { type Gathered, gather } from './gather.ts';

export interface Part {
  /** Of the form's field. */
  readonly field: string;
  /** The file's name as the client gave it; undefined for a field without a file. */
  readonly fileName: string | undefined;
  /** Undefined: more than allowed. */
  readonly bytes: Uint8Array | undefined;
}

const LONGEST_HEADERS = 8192;
const LONGEST_BOUNDARY = 70;

/**
 * @returns the boundary; undefined for another content type
 * @throws Refusal 400 for multipart/form-data without one
 */
export function multipartBoundary(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) return undefined;
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined || boundary.length > LONGEST_BOUNDARY) {
    throw malformed('a content type without a boundary of 1 to 70 characters');
  }
  return boundary;
}

/**
 * @param maxBytes of one part
 * @throws Refusal 400 where it is no multipart body, or ends too early
 */
export async function* multipartParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  maxBytes: number,
): AsyncGenerator<Part> {
  const reader = delimited(body);
  const delimiter = `\r\n--${boundary}`;
  const first = await reader.until(delimiter, LONGEST_HEADERS);
  if (first === undefined) throw malformed('no boundary at its beginning');
  for (;;) {
    const end = await reader.next(2);
    if (end === '--') return;
    if (end !== '\r\n') throw malformed('a boundary that goes on');
    const headers = await reader.until('\r\n\r\n', LONGEST_HEADERS);
    if (headers === undefined) throw malformed('a part with very long headers');
    const named = disposition(headers.toString('utf8'));
    yield { ...named, bytes: await reader.until(delimiter, maxBytes) };
  }
}

function disposition(headers: string): { field: string; fileName: string | undefined } {
  const line = headers
    .split('\r\n')
    .find((header) => /^content-disposition\s*:\s*form-data\s*;/i.test(header));
  const field = parameter(line, 'name');
  if (field === undefined) throw malformed('a part without the name of its field');
  return { field, fileName: parameter(line, 'filename') };
}

/** Browsers write a quote as %22; others as \". */
function parameter(line: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:\\\\"|[^"])*)"|([^\\s;"]+))`, 'i').exec(
    line ?? '',
  );
  const text = match?.[1] ?? match?.[2];
  return text?.replaceAll('\\"', '"').replaceAll('%22', '"');
}

interface Delimited {
  /** What comes before the text, which is passed over; undefined where it is longer than allowed. */
  until(text: string, most: number): Promise<Buffer | undefined>;
  next(length: number): Promise<string>;
}

function delimited(body: AsyncIterable<Uint8Array>): Delimited {
  const chunks = body[Symbol.asyncIterator]();
  // The first boundary may stand at the very beginning, without a line before it.
  let pending: Buffer = Buffer.from('\r\n');
  const more = async () => {
    const { done, value } = await chunks.next();
    if (done) throw malformed('an end before the last boundary');
    return value;
  };
  return {
    async until(text, most) {
      const sought = Buffer.from(text, 'latin1');
      let kept: Gathered | undefined = gather();
      let length = 0;
      const keep = (part: Buffer) => {
        length += part.length;
        if (length > most) kept = undefined;
        kept?.add(part);
      };
      for (;;) {
        const at = pending.indexOf(sought);
        if (at >= 0) {
          keep(pending.subarray(0, at));
          pending = pending.subarray(at + sought.length);
          return kept?.bytes();
        }
        // All but what may be the beginning of the text sought.
        const sure = Math.max(0, pending.length - (sought.length - 1));
        keep(pending.subarray(0, sure));
        pending = Buffer.concat([pending.subarray(sure), await more()]);
      }
    },
    async next(length) {
      while (pending.length < length) pending = Buffer.concat([pending, await more()]);
      const text = pending.toString('latin1', 0, length);
      pending = pending.subarray(length);
      return text;
    },
  };
}

const malformed = (found: string) =>
  new Refusal(400, {
    what: 'the body is not multipart/form-data',
    expected: 'parts between the boundary that the content type names (RFC 7578)',
    found,
    remedy: 'let a library write it, such as FormData, or curl -F image=@photo.png',
  });

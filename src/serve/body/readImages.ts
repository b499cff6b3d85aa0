/** The images of a request, raw or as the parts of a form. */
import { type Limits, MULTIPART_OVERHEAD } from '../limits.ts';
import { Refusal } from '../problem.ts';
import { multipartBoundary, multipartParts } from './multipart.ts';
import { bodyChunks, readBody, requireLength, tooManyBytes } from './readBody.ts';

export interface ReceivedImage {
  readonly bytes: Uint8Array;
  /** The file's name, where the client gave one. */
  readonly name: string | undefined;
}

/** The field of forms that holds images. */
export const IMAGE_FIELD = 'image';

const RAW = /^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i;

/**
 * @throws Refusal 400 (malformed), 408, 413, 415
 */
export async function readImage(
  request: Request,
  { maxBytes }: Pick<Limits, 'maxBytes'>,
  signal: AbortSignal,
): Promise<ReceivedImage> {
  const type = contentType(request);
  const boundary = multipartBoundary(type);
  if (boundary === undefined) {
    if (!RAW.test(type)) throw wrongType(type);
    return { bytes: await readBody(request, maxBytes, signal), name: undefined };
  }
  requireLength(request, maxBytes + MULTIPART_OVERHEAD);
  let image: ReceivedImage | undefined;
  for await (const part of multipartParts(bodyChunks(request, signal), boundary, maxBytes)) {
    if (part.field !== IMAGE_FIELD) continue;
    if (image !== undefined) throw wrongFields('several');
    if (part.bytes === undefined) throw tooManyBytes(maxBytes, 'more');
    image = { bytes: part.bytes, name: part.fileName };
  }
  if (image === undefined) throw wrongFields('none');
  return image;
}

/** One of a batch; without bytes it was too large. */
export interface BatchImage {
  readonly name: string | undefined;
  readonly bytes: Uint8Array | undefined;
}

/**
 * The images of a form, as they come.
 * @param idleSeconds after which a client that sends nothing is given up
 * @throws Refusal 400, 408, 415
 */
export function readBatch(
  request: Request,
  { maxBytes }: Pick<Limits, 'maxBytes'>,
  signal: AbortSignal,
  idleSeconds: number,
): AsyncGenerator<BatchImage> {
  const boundary = multipartBoundary(contentType(request));
  if (boundary === undefined) throw wrongType(contentType(request), 'multipart/form-data');
  return images(multipartParts(bodyChunks(request, signal, idleSeconds), boundary, maxBytes));
}

async function* images(parts: ReturnType<typeof multipartParts>): AsyncGenerator<BatchImage> {
  for await (const { field, fileName, bytes } of parts) {
    if (field === IMAGE_FIELD) yield { name: fileName, bytes };
  }
}

function contentType(request: Request): string {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw wrongType(`content encoding ${encoding}`);
  return request.headers.get('content-type') ?? '';
}

const wrongType = (found: string, expected = 'image/png, image/jpeg, … or multipart/form-data') =>
  new Refusal(415, {
    what: 'the body has a type that is not taken',
    expected,
    found: found === '' ? 'no content type' : found,
    remedy:
      'curl --data-binary @photo.png -H "Content-Type: image/png", or curl -F image=@photo.png',
  });

const wrongFields = (found: string) =>
  new Refusal(400, {
    what: `the form needs one field \`${IMAGE_FIELD}\``,
    found,
    remedy: 'curl -F image=@photo.png; for several images use inspect-batch',
  });

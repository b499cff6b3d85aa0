/** Several photographs in one request: a line for each, in their order, as soon as it is known. */
import type { Place } from '../admission.ts';
import { tooManyBytes } from '../body/readBody.ts';
import { type BatchImage, IMAGE_FIELD, readBatch } from '../body/readImages.ts';
import { createDeadline } from '../deadline.ts';
import { defineEndpoint } from '../endpoint.ts';
import { inspectImage } from '../inspectImage.ts';
import { MOST_IN_BATCH, UPLOAD_SECONDS } from '../limits.ts';
import type { ServedModel } from '../models.ts';
import { asRefusal, isOwnFailure, problemOf, Refusal } from '../problem.ts';
import { type BatchLine, batchLine, type InspectQuery, inspectQuery } from '../schemas.ts';
import type { Service } from '../service.ts';
import { admit } from './admit.ts';
import { modelOf } from './models.ts';

export const inspectBatchEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/models/{name}/inspect-batch',
  id: 'inspectBatch',
  summary: 'Judge several photographs',
  description: `Answers come one JSON document a line (NDJSON) in the order of the images, while later ones are still
being sent. An image that cannot be judged gets a line with its problem; the others are judged all the
same. At most ${MOST_IN_BATCH} images, sent within ${UPLOAD_SECONDS} s.`,
  query: inspectQuery.omit({ name: true }),
  body: {
    description: 'Images, one part each',
    content: { 'multipart/form-data': { field: IMAGE_FIELD, several: true } },
  },
  answers: {
    200: { description: 'A line for each image', content: { 'application/x-ndjson': batchLine } },
  },
  problems: [404, 408, 415, 429, 503],
  async handle(call) {
    const { service, request, query } = call;
    const model = modelOf(call);
    const place = admit(service);
    const deadline = createDeadline(UPLOAD_SECONDS, request.signal, 'send fewer images at once');
    const end = () => {
      deadline[Symbol.dispose]();
      place.release();
    };
    const idle = service.limits.timeoutSeconds;
    try {
      const images = readBatch(request, service.limits, deadline.signal, idle);
      // What is wrong with the whole request is told by its status.
      const first = await images.next();
      if (first.done) throw noImages();
      const batch = { service, request, model, query, images, first: first.value };
      const lines = lineStream((write) => judgeBatch(batch, write).finally(end));
      return new Response(lines, {
        headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
      });
    } catch (error) {
      end();
      throw error;
    }
  },
});

interface Batch {
  readonly service: Service;
  readonly request: Request;
  readonly model: ServedModel;
  readonly query: Pick<InspectQuery, 'map' | 'overlay'>;
  readonly first: BatchImage;
  /** Those after the first. */
  readonly images: AsyncIterable<BatchImage>;
}

/**
 * Writes lines in order, while several images are in work: one in the batch's own place, more where
 * others are free. It reads on whether lines are fetched or not: clients may not look at answers
 * before they have sent everything.
 */
async function judgeBatch(batch: Batch, write: (line: BatchLine) => void): Promise<void> {
  const { admission, limits } = batch.service;
  const own: Place = { release: () => void free.push(own) };
  const free: Place[] = [own];
  const working = new Set<Promise<unknown>>();
  const freePlace = async (): Promise<Place> => {
    for (;;) {
      const place = free.pop() ?? (working.size < limits.workers ? admission.take() : undefined);
      if (place !== undefined) return place;
      await Promise.race(working);
    }
  };
  let index = 0;
  let written: Promise<void> = Promise.resolve();
  const tell = (line: Promise<BatchLine>) => {
    written = written.then(async () => write(await line));
  };
  const take = async (image: BatchImage) => {
    if (index >= MOST_IN_BATCH) throw tooMany();
    const place = await freePlace();
    const line = judgeOne(batch, image, index++).finally(() => {
      place.release();
      working.delete(line);
    });
    working.add(line);
    tell(line);
  };
  try {
    await take(batch.first);
    for await (const image of batch.images) await take(image);
  } catch (error) {
    tell(Promise.resolve(lineOf(index, '', error)));
  }
  await written;
}

async function judgeOne(
  { service, model, query, request }: Batch,
  { name = '', bytes }: BatchImage,
  index: number,
): Promise<BatchLine> {
  using deadline = createDeadline(service.limits.timeoutSeconds, request.signal);
  deadline.bodyRead();
  const started = performance.now();
  try {
    if (bytes === undefined) throw tooManyBytes(service.limits.maxBytes, 'more');
    const image = { model, bytes, name: name === '' ? `image ${index}` : name, query, started };
    const judged = await inspectImage(service, image, deadline.signal);
    return batchLine.parse({ index, name, ...judged });
  } catch (error) {
    if (isOwnFailure(error)) service.onFailure(error);
    return lineOf(index, name, error);
  }
}

const lineOf = (index: number, name: string, error: unknown): BatchLine => ({
  index,
  name,
  problem: problemOf(asRefusal(error)),
});

/** What is written after the client has gone is lost. */
function lineStream(
  fill: (write: (line: BatchLine) => void) => Promise<void>,
): ReadableStream<Uint8Array> {
  let open = true;
  return new ReadableStream({
    start(controller) {
      const write = (line: BatchLine) => {
        const text = `${JSON.stringify(line)}\n`;
        if (open) controller.enqueue(Buffer.from(text));
      };
      void fill(write).finally(() => {
        if (open) controller.close();
      });
    },
    cancel() {
      open = false;
    },
  });
}

const noImages = () =>
  new Refusal(400, {
    what: 'the form has no image',
    expected: `at least one field \`${IMAGE_FIELD}\``,
    remedy: 'curl -F image=@1.png -F image=@2.png',
  });

const tooMany = () =>
  new Refusal(413, {
    what: 'the batch has more images than are taken',
    expected: `at most ${MOST_IN_BATCH}`,
    remedy: 'send the others in another request',
  });

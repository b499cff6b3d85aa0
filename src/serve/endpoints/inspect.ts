/** One photograph: what is on it? */
import { IMAGE_FIELD, readImage } from '../body/readImages.ts';
import { createDeadline } from '../deadline.ts';
import { defineEndpoint, jsonAnswer } from '../endpoint.ts';
import { inspectImage } from '../inspectImage.ts';
import { type Inspection, inspection, inspectQuery } from '../schemas.ts';
import { admit } from './admit.ts';
import { modelOf } from './models.ts';

const RAW_IMAGES = {
  'image/*': 'binary',
  'application/octet-stream': 'binary',
} as const;

export const inspectEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/models/{name}/inspect',
  id: 'inspect',
  summary: 'Judge one photograph',
  description: `The image is the body itself, or the field \`${IMAGE_FIELD}\` of a form. With an Accept header that
names image/png and not application/json, the answer is the overlay picture itself; score, verdict and
id are in its headers then.`,
  query: inspectQuery,
  body: {
    description: 'PNG, JPEG, TIFF, WebP, BMP, GIF or AVIF',
    content: { ...RAW_IMAGES, 'multipart/form-data': { field: IMAGE_FIELD, several: false } },
  },
  answers: {
    200: {
      description: 'What was found',
      content: { 'application/json': inspection, 'image/png': 'binary' },
    },
  },
  problems: [404, 408, 413, 415, 422, 429, 503, 504],
  async handle(call) {
    const { service, request, query } = call;
    const started = performance.now();
    const model = modelOf(call);
    const place = admit(service);
    using deadline = createDeadline(service.limits.timeoutSeconds, request.signal);
    try {
      const { bytes, name } = await readImage(request, service.limits, deadline.signal);
      deadline.bodyRead();
      const picture = wantsPicture(request);
      const found = await inspectImage(
        service,
        {
          ...{ model, bytes, started },
          name: query.name ?? name ?? 'the image',
          query: picture ? { map: 'none', overlay: true } : query,
        },
        deadline.signal,
      );
      return picture ? pictureAnswer(found) : jsonAnswer(inspection, found);
    } finally {
      place.release();
    }
  },
});

function wantsPicture(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  return accept.includes('image/png') && !accept.includes('application/json');
}

function pictureAnswer({ overlay, id, verdict, score, modelSha256 }: Inspection): Response {
  return new Response(Buffer.from(overlay!, 'base64'), {
    headers: {
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'flawmap-id': id,
      'flawmap-verdict': verdict,
      'flawmap-score': String(score),
      'flawmap-model-sha256': modelSha256,
    },
  });
}

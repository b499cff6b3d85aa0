/** Which models there are, what they promise, and their files. */

import { z } from 'zod';
import { describeCalibration, summariseModel } from '../describeModel.ts';
import { type Call, defineEndpoint, type Endpoint, jsonAnswer } from '../endpoint.ts';
import type { ServedModel } from '../models.ts';
import { fileStream } from '../page.ts';
import { Refusal } from '../problem.ts';
import { modelDetails, modelList } from '../schemas.ts';

/** @throws Refusal 404 */
export function modelOf({ service, parameters }: Call<unknown>): ServedModel {
  const model = service.models.current.get(parameters.name!);
  if (model !== undefined) return model;
  throw new Refusal(404, {
    what: 'there is no such model',
    expected: `one of ${[...service.models.current.keys()].join(', ')}`,
    found: parameters.name!,
    remedy: 'GET /v1/models lists them',
  });
}

const list = defineEndpoint({
  method: 'get',
  path: '/v1/models',
  id: 'listModels',
  summary: 'The models that are served',
  answers: {
    200: { description: 'All of them', content: { 'application/json': modelList } },
  },
  problems: [],
  handle: ({ service: { models, mmPerPixel } }) =>
    jsonAnswer(modelList, {
      models: [...models.current.values()].map((model) => summariseModel(model, mmPerPixel)),
    }),
});

const details = defineEndpoint({
  method: 'get',
  path: '/v1/models/{name}',
  id: 'getModel',
  summary:
    'A model, its calibration, and whether the conditions it was calibrated under still hold',
  answers: {
    200: { description: 'The model', content: { 'application/json': modelDetails } },
  },
  problems: [404],
  handle(call) {
    const model = modelOf(call);
    const { mmPerPixel, conditions, reloads } = call.service;
    return jsonAnswer(modelDetails, {
      ...summariseModel(model, mmPerPixel),
      calibration: describeCalibration(model),
      conditions: conditions.status(model, new Date()),
      reload: reloads.status(model.name),
    });
  },
});

const file = defineEndpoint({
  method: 'get',
  path: '/v1/models/{name}/file',
  id: 'getModelFile',
  summary: 'The ONNX file itself',
  description: 'Its ETag is its SHA-256; with If-None-Match it is only sent if it is another.',
  answers: {
    200: { description: 'The file', content: { 'application/octet-stream': 'binary' } },
    304: { description: 'The file is the one that the client has', content: {} },
  },
  problems: [404],
  handle(call) {
    const { copy, bytes, sha256, name } = modelOf(call);
    const etag = `"${sha256}"`;
    const headers = { etag, 'cache-control': 'no-cache' };
    if (call.request.headers.get('if-none-match') === etag) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(fileStream(copy), {
      headers: {
        ...headers,
        'content-type': 'application/octet-stream',
        'content-length': String(bytes),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.onnx`,
      },
    });
  },
});

const pageModels = z
  .object({ models: z.array(z.object({ name: z.string(), file: z.string() })) })
  .meta({ id: 'PageModels' });

const forPage = defineEndpoint({
  method: 'get',
  path: '/models.json',
  id: 'listModelFiles',
  summary: 'The models as the inspector page looks for them',
  answers: {
    200: { description: 'Names and files', content: { 'application/json': pageModels } },
  },
  problems: [],
  handle: ({ service: { models } }) =>
    jsonAnswer(pageModels, {
      models: [...models.current.keys()].map((name) => ({
        name,
        file: `v1/models/${encodeURIComponent(name)}/file`,
      })),
    }),
});

export const MODEL_ENDPOINTS: readonly Endpoint[] = [list, details, file, forPage];

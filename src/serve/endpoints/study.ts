/** How studies on a queue are getting on, where the server was told of one. */
import { type Call, defineEndpoint, type Endpoint, jsonAnswer } from '../endpoint.ts';
import { Refusal } from '../problem.ts';
import { type ShownStudies, studiesSchema } from '../studies.ts';
import { studyPage } from '../studyPage.ts';

async function shown({ service }: Call<unknown>): Promise<ShownStudies> {
  if (service.studies !== undefined) return service.studies();
  throw new Refusal(404, {
    what: 'this server was not told of a queue of studies',
    remedy: 'start it with --study-queue redis://HOST',
  });
}

const asDocument = defineEndpoint({
  method: 'get',
  path: '/v1/study',
  id: 'getStudies',
  summary: 'Studies on a queue: stages, workers, pace, time left, failures',
  answers: {
    200: { description: 'All of them', content: { 'application/json': studiesSchema } },
  },
  problems: [404],
  handle: async (call) => jsonAnswer(studiesSchema, await shown(call)),
});

const asPage = defineEndpoint({
  method: 'get',
  path: '/study',
  id: 'getStudyPage',
  summary: 'The same as a page that renews itself',
  answers: { 200: { description: 'A page', content: { 'text/html': 'text' } } },
  problems: [404],
  handle: async (call) =>
    new Response(studyPage(await shown(call)), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      },
    }),
});

export const STUDY_ENDPOINTS: readonly Endpoint[] = [asDocument, asPage];

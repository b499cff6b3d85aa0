/** What a person decided instead of the model. */
import { messageOf } from '../../core/error.ts';
import { readBody } from '../body/readBody.ts';
import { createDeadline } from '../deadline.ts';
import { checked, defineEndpoint, jsonAnswer } from '../endpoint.ts';
import { Refusal } from '../problem.ts';
import { overrideAnswer, overrideRequest } from '../schemas.ts';

const LONGEST = 16_384;
const EXAMPLE = `curl -H "Content-Type: application/json" -d '{"verdict": "normal", "by": "…"}'`;

export const overrideEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/journal/{id}/override',
  id: 'override',
  summary: 'Write down that a person decided otherwise',
  description: `Appends a line to the journal that repeats the judgement and refers to it by its hash; the judgement's own
line stays as it is. The latest override of a judgement counts.`,
  body: {
    description: 'Who decided what',
    content: { 'application/json': overrideRequest },
  },
  answers: {
    201: { description: 'Written', content: { 'application/json': overrideAnswer } },
  },
  problems: [404, 408, 409, 413, 415, 422, 503],
  async handle({ service, request, parameters }) {
    const { log, limits } = service;
    if (log === undefined) {
      throw new Refusal(404, {
        what: 'the server keeps no journal',
        remedy: 'start it with --journal FILE',
      });
    }
    const type = request.headers.get('content-type') ?? '';
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      throw new Refusal(415, {
        what: 'the override is not sent as JSON',
        expected: 'application/json',
        found: type === '' ? 'no content type' : type,
        remedy: EXAMPLE,
      });
    }
    using deadline = createDeadline(limits.timeoutSeconds, request.signal);
    const bytes = await readBody(request, LONGEST, deadline.signal, tooLong);
    const override = checked(overrideRequest, jsonOf(bytes), 'the override', 422);
    const of = parameters.id!;
    const journal = await log.override(of, override, new Date());
    return jsonAnswer(overrideAnswer, { of, journal }, 201);
  },
});

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new Refusal(400, {
      what: 'the override is not JSON',
      found: messageOf(error),
      remedy: EXAMPLE,
    });
  }
}

const tooLong = (maxBytes: number, found: string) =>
  new Refusal(413, {
    what: 'the override is too large',
    expected: `at most ${maxBytes} bytes`,
    found,
    remedy: 'write a shorter note',
  });

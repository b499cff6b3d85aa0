import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from './job.ts';
import type { Registry } from './kind.ts';
import { orderJobs } from './orderJobs.ts';

const registry: Registry = { embed: { name: 'embed', version: 1, run: async () => {} } };
const jobOf = (id: string, needs: readonly string[] = [], kind = 'embed'): Job => ({
  id,
  stage: 's',
  kind,
  options: null,
  needs,
});

describe('orderJobs', () => {
  it('puts each job after those it needs, and keeps the order else', () => {
    const jobs = [jobOf('a', ['d']), jobOf('b'), jobOf('c', ['b', 'a']), jobOf('d')];
    expect(orderJobs(jobs, registry).map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('does so for any plan', () => {
    const plan = fc
      .array(fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), { maxLength: 20 })
      .chain((needs) => {
        // A job needs only those with smaller numbers: no circles.
        const jobs = needs.map((own, place) =>
          jobOf(`${place}`, [...new Set(own.filter((other) => other < place))].map(String)),
        );
        return fc.shuffledSubarray(jobs, { minLength: jobs.length });
      });
    fc.assert(
      fc.property(plan, (jobs) => {
        const ordered = orderJobs(jobs, registry);
        expect(new Set(ordered)).toEqual(new Set(jobs));
        const places = new Map(ordered.map(({ id }, place) => [id, place]));
        for (const { id, needs = [] } of ordered) {
          for (const need of needs) expect(places.get(need)).toBeLessThan(places.get(id)!);
        }
      }),
    );
  });

  it.each([
    [[jobOf('a'), jobOf('a')], 'two jobs are called a', undefined, undefined],
    [[jobOf('a', [], 'embedd')], 'job a is of an unknown kind', 'embedd', 'did you mean embed?'],
    [[jobOf('a', [], 'toString')], 'job a is of an unknown kind', 'toString', undefined],
    [
      [jobOf('bank/nut'), jobOf('score', ['bank/nuts'])],
      'job score needs one that does not exist',
      'bank/nuts',
      'did you mean bank/nut?',
    ],
    [[jobOf('a', ['a'])], 'jobs need each other', 'a -> a', undefined],
    [
      [jobOf('x', ['a']), jobOf('a', ['b']), jobOf('b', ['c']), jobOf('c', ['a'])],
      'jobs need each other',
      'a -> b -> c -> a',
      undefined,
    ],
  ])('refuses plans: %#', (jobs, what, found, remedy) => {
    expect(() => orderJobs(jobs, registry)).toThrow(
      expect.objectContaining({
        kind: 'internal',
        details: {
          what: `the plan cannot be run: ${what}`,
          ...(found !== undefined && { found }),
          ...(remedy !== undefined && { remedy }),
        },
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileInput, Job, Json } from './job.ts';
import { keyJobs, keyOf } from './jobKey.ts';
import type { Kind, Registry } from './kind.ts';

const kind = (version = 1): Kind => ({ name: 'k', version, run: async () => {} });
const registry: Registry = { k: kind(), other: kind() };

const jobOf = (options: Json, more: Partial<Job> = {}): Job => ({
  id: 'j',
  stage: 's',
  kind: 'k',
  options,
  ...more,
});
const keyFor = (job: Job, upstream: readonly Job[] = [], kinds = registry): string =>
  keyJobs([...upstream, job], kinds).at(-1)!.key;

const options = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<Record<string, Json>>;
const files = fc.uniqueArray(fc.record({ name: fc.string(), sha256: fc.string() }), {
  selector: ({ name }) => name,
});

describe('keyJobs', () => {
  it('hashes kind, version, options, files and upstream keys', () => {
    const file: FileInput = { name: 'good/0.png', sha256: 'f00' };
    const [a, b] = keyJobs(
      [jobOf({ b: 1, a: [] }, { id: 'a', files: [file] }), jobOf(null, { id: 'b', needs: ['a'] })],
      registry,
    );
    // printf '%s' TEXT | sha256sum
    // '{"files":[["good/0.png","f00"]],"format":1,"kind":"k","options":{"a":[],"b":1},"upstream":[],"version":1}'
    expect(a!.key).toBe('0410d7007a8503c7ec924356c5380e934e6b82ff1ea5daeda2388616854891f7');
    // the same with "files":[], "options":null, "upstream":[the key above]
    expect(b!.key).toBe('9e7341a37eb3bf8092e2887ee850944665d6e2cc09e288757df6ea98b4020ea6');
  });

  it('does not depend on the order of options and files', () => {
    fc.assert(
      fc.property(options, files, (given, inputs) => {
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(keyFor(jobOf(turned, { files: [...inputs].reverse() }))).toBe(
          keyFor(jobOf(given, { files: inputs })),
        );
      }),
    );
  });

  it('depends on every option', () => {
    fc.assert(
      fc.property(options, options, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(keyFor(jobOf(one)) === keyFor(jobOf(other))).toBe(same);
      }),
    );
  });

  it('depends on names and content of files, wherever one ends and the next begins', () => {
    const key = (...pairs: [string, string][]) =>
      keyFor(jobOf(null, { files: pairs.map(([name, sha256]) => ({ name, sha256 })) }));
    const keys = [key(), key(['a', 'b']), key(['a', 'c']), key(['b', 'b']), key(['ab', ''])];
    keys.push(key(['a', 'b'], ['c', 'd']));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('depends on kind and version, not on id, stage, places and expected seconds', () => {
    const key = keyFor(jobOf({ a: 1 }));
    const elsewhere = { id: 'x', stage: 'y', local: { root: '/data' }, seconds: 7 };
    expect(keyFor(jobOf({ a: 1 }, elsewhere))).toBe(key);
    expect(keyFor(jobOf({ a: 1 }, { kind: 'other' }))).not.toBe(key);
    expect(keyFor(jobOf({ a: 1 }), [], { k: kind(2) })).not.toBe(key);
  });

  it('depends on what it needs, in its order, but not on what that is called', () => {
    const [a, b] = [jobOf(1, { id: 'a' }), jobOf(2, { id: 'b' })];
    const needing = (...needs: string[]) => jobOf(null, { needs });
    const key = keyFor(needing('a', 'b'), [a, b]);
    expect(keyFor(needing('b', 'a'), [a, b])).not.toBe(key);
    expect(keyFor(needing('a'), [a, b])).not.toBe(key);
    expect(keyFor(needing('a', 'b'), [jobOf(3, { id: 'a' }), b])).not.toBe(key);
    const [c, d] = [jobOf(1, { id: 'c' }), jobOf(2, { id: 'd' })];
    expect(keyFor(needing('c', 'd'), [c, d])).toBe(key);
  });

  it('does not depend on what is transient', () => {
    const kept = jobOf(1, { id: 'kept' });
    const passing = (options: Json) => jobOf(options, { id: 'passing', transient: true });
    const key = keyFor(jobOf(null, { needs: ['kept'] }), [kept]);
    const reading = jobOf(null, { needs: ['passing', 'kept'] });
    expect(keyFor(reading, [kept, passing(1)])).toBe(key);
    expect(keyFor(reading, [kept, passing(2)])).toBe(key);
    expect(keyFor(passing(1))).not.toBe(keyFor(passing(2)));
  });

  it('passes changes on through all that follows', () => {
    const chain = (first: Json) =>
      keyJobs(
        [0, 1, 2, 3].map((place) =>
          jobOf(place === 0 ? first : place, {
            id: `${place}`,
            needs: place === 0 ? [] : [`${place - 1}`],
          }),
        ),
        registry,
      ).map(({ key }) => key);
    const [before, after] = [chain('x'), chain('y')];
    for (const [place, key] of before.entries()) expect(after[place]).not.toBe(key);
  });

  it('names the job whose options have no key', () => {
    expect(() => keyFor(jobOf({ limit: Number.NaN }))).toThrow(/^j\.options\.limit cannot/);
  });
});

describe('keyOf', () => {
  it('gives the key again from what an artifact says it was made of', () => {
    const [, keyed] = keyJobs([jobOf(1, { id: 'a' }), jobOf(2, { needs: ['a'] })], registry);
    expect(keyOf(JSON.parse(JSON.stringify(keyed!.parts)))).toBe(keyed!.key);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, own]) => [key, sorted(own)] as const);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

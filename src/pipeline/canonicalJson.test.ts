import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';
import type { Json } from './job.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

/** The same value with the keys of every object the other way round. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, own]) => [key, reversed(own)] as const);
  return Object.fromEntries(entries.reverse());
}

describe('canonicalJson', () => {
  it('is the same text whatever the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => canonicalJson(reversed(value)) === canonicalJson(value)),
    );
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 0.1 })).toBe(
      '{"a":0.1,"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('is JSON that says all of the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: 1, b: undefined } as unknown as Json)).toBe('{"a":1}');
  });

  it.each([
    ['options.a[1]', { a: [0, Number.NaN] }, 'NaN'],
    ['options.a', { a: Number.NEGATIVE_INFINITY }, '-Infinity'],
    ['options[0]', [undefined], 'undefined'],
    ['options[1]', new Array(2).fill(0, 0, 1), 'undefined'],
    ['options.when', { when: new Date(0) }, '1970'],
    ['options.map', { map: new Map([[1, 2]]) }, 'Map'],
    ['options', 1n, '1'],
  ])('refuses %s of %o', (name, value, found) => {
    expect(() => canonicalJson(value as unknown as Json, 'options')).toThrow(
      expect.objectContaining({
        kind: 'internal',
        details: {
          what: `${name} cannot be part of a job's key`,
          expected: expect.stringContaining('plain JSON'),
          found: expect.stringContaining(found),
        },
      }),
    );
  });
});

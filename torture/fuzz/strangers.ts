/** Values that nobody expects in a document, and names that lead elsewhere. */
import { join } from 'node:path';
import fc from 'fast-check';
import type { Place } from './target.ts';

/** Names of files: out of the folder, to devices, too long, of other systems, with control characters. */
export const hostileNames = ({ outside }: Pick<Place, 'outside'>): readonly string[] => [
  '../outside/canary',
  '../../outside/canary',
  '../outside/new.png',
  'a/../../outside/new.png',
  join(outside, 'canary'),
  join(outside, 'new.png'),
  '..\\outside\\new.png',
  'C:\\new.png',
  '/dev/zero',
  '/dev/stdin',
  '/proc/self/mem',
  '',
  '.',
  '..',
  '/',
  'a\0b.png',
  'new\nline.png',
  `${'x'.repeat(300)}.png`,
  `${'d/'.repeat(2100)}x.png`,
  '\u202egnp.exe',
  '__proto__',
  '<script>alert(1)</script>.png',
  '~/.ssh/id_rsa',
  'CON',
];

const NUMBERS = [
  0,
  -1,
  1,
  0.5,
  -0,
  1e300,
  -1e300,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e9,
  5e-324,
  4294967297,
];

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

const made = new Map<string, readonly unknown[]>();

/** The same each time; fast-check's share of them follows from a seed of its own. */
export function strangers({ outside }: Pick<Place, 'outside'>): readonly unknown[] {
  const known = made.get(outside) ?? makeStrangers({ outside });
  made.set(outside, known);
  return known;
}

function makeStrangers(place: Pick<Place, 'outside'>): readonly unknown[] {
  return [
    ...hostileNames(place),
    ...NUMBERS,
    null,
    true,
    false,
    [],
    {},
    [[]],
    deep(40),
    deep(2000),
    Array.from({ length: 5000 }, (_, i) => i),
    'x'.repeat(100_000),
    '\ud800',
    ...fc.sample(fc.jsonValue({ maxDepth: 4 }), { seed: 20261126, numRuns: 300 }),
  ];
}

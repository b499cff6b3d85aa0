/** `flawmap shift` as people and scripts meet it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PRESET_NAMES } from '../src/shift/presets.ts';
import { categoryFiles } from './support/photographs.ts';
import { runCommand } from './support/runCommand.ts';
import { makeTree } from './support/tree.ts';

const data = async () => makeTree(await categoryFiles({ train: 2, good: 1, flawed: 3, masks: 2 }));

it('tells what was made, what could not be made sure of, and where to look', async () => {
  const out = join(makeTree({}), 'shifted');
  const result = await runCommand(['shift', await data(), '--out', out, '--severity', '2']);
  expect(result.exitCode).toBe(0);
  for (const text of [
    'a draw for each image',
    '6, and 2 masks moved with them',
    'of the area on average',
    '1 defective image has no mask',
    join(out, 'shift.png'),
  ]) {
    expect(result.stdout).toContain(text);
  }
});

it('takes every flag of its help, and prints one document', async () => {
  const out = join(makeTree({}), 'lamp');
  const { exitCode, stdout } = await runCommand([
    ...['shift', await data(), '--out', out, '--preset', 'corruption-noise', '--severity', '5'],
    ...['--seed', '7', '--lamp', 'b', '--category', 'stripes', '--json', '--quiet'],
  ]);
  expect(exitCode).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    ...{ preset: 'corruption-noise', severity: 5, seed: 7, lamp: 'b', categories: ['stripes'] },
    counts: { images: 6, masks: 2, unknownMasks: 1, redraws: 0 },
  });
  expect(document.images[0].shift.noise.sigma).toBe(0.38);
});

it.each([
  [['--preset', 'sead'], 'one of seed, mild'],
  [['--severity', '3'], 'a number from 0 to 2'],
  [['--severity', '6'], 'a number from 0 to 5'],
  [['--preset', 'rotation', '--lamp', 'b'], 'nothing that a lamp changes'],
])('refuses %j as a wrong command line', async (options, said) => {
  const out = join(makeTree({}), 'out');
  const { exitCode, stderr } = await runCommand(['shift', await data(), '--out', out, ...options]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
  expect(existsSync(out)).toBe(false);
});

it('lists the presets in its help, with an example', async () => {
  const { stdout } = await runCommand(['shift', '--help']);
  for (const name of PRESET_NAMES) expect(stdout).toContain(name);
  expect(stdout).toContain('flawmap shift data --preset seed --out data/shifted');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { traced } from '../core/trace.ts';
import { profiled } from './profile.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = makeTree({});
  file = join(folder, 'trace.json');
});

const names = () =>
  (JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: { name: string }[] }).traceEvents.map(
    ({ name }) => name,
  );

it('writes what was traced, and returns what the work does', async () => {
  expect(await profiled(file, () => traced('decode', {}, async () => 5))).toBe(5);
  expect(names()).toEqual(['process_name', 'decode']);
});

it('writes what was done before an interruption too, and lets its reason through', async () => {
  const interrupted = new Error('interrupted');
  const work = async () => {
    await traced('decode', {}, async () => {});
    throw interrupted;
  };
  await expect(profiled(file, work)).rejects.toBe(interrupted);
  expect(names()).toEqual(['process_name', 'decode']);
  expect(readdirSync(folder)).toEqual(['trace.json']);
});

it('writes nothing unless asked, and does no work for a file that cannot be', async () => {
  expect(await profiled(undefined, async () => 5)).toBe(5);
  expect(readdirSync(folder)).toEqual([]);
  const work = () => expect.fail('the work was done');
  const below = join(import.meta.filename, 'x', 'trace.json');
  await expect(profiled(below, work)).rejects.toMatchObject({ kind: 'environment' });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { eventFile } from './eventFile.ts';
import type { TrackedRun } from './trackedRun.ts';
import { writeTensorboard } from './writeTensorboard.ts';

const RUN: TrackedRun = {
  name: 'line 3',
  params: { seed: 42, backbone: 'a|b' },
  metrics: [
    { tag: 'bottle/f1', value: 0.5, step: 1 },
    { tag: 'bottle/f1', value: 0.25, step: 0 },
  ],
  startedAt: 1_700_000_000_500,
  endedAt: 1_700_000_001_000,
};

it('writes parameters as a table and metrics in the order of their steps', async () => {
  const root = makeTree({});
  const file = await writeTensorboard(join(root, 'a'), RUN);
  expect(file).toBe(join(root, 'a', 'events.out.tfevents.flawmap'));
  const wallTime = 1_700_000_001;
  const table =
    '| parameter | value |\n|---|---|\n| name | line 3 |\n| seed | 42 |\n| backbone | a\\|b |';
  const expected = eventFile(1_700_000_000.5, [
    { wallTime, step: 0, tag: 'parameters', value: table },
    { wallTime, step: 0, tag: 'bottle/f1', value: 0.25 },
    { wallTime, step: 1, tag: 'bottle/f1', value: 0.5 },
  ]);
  expect(readFileSync(file).equals(expected)).toBe(true);
});

it('replaces what an earlier run has left', async () => {
  const root = makeTree({});
  await writeTensorboard(root, { ...RUN, metrics: [] });
  const file = await writeTensorboard(root, RUN);
  const again = await writeTensorboard(join(root, 'fresh'), RUN);
  expect(readFileSync(file).equals(readFileSync(again))).toBe(true);
  expect(readdirSync(root).filter((name) => name.includes('tfevents'))).toHaveLength(1);
});

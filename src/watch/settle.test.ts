import {
  appendFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { createSettler, type SettledFile } from './settle.ts';

const SETTLE_MS = 150;

function settling() {
  const root = makeTree({});
  const settled: SettledFile[] = [];
  const settler = createSettler(SETTLE_MS, (file) => settled.push(file));
  onTestFinished(() => settler.close());
  const until = async (count: number) => {
    while (settled.length < count) await sleep(10);
  };
  return { at: (name: string) => join(root, name), settled, settler, until };
}

test('a file is handed on when it has not grown for a while', async () => {
  const { at, settled, settler, until } = settling();
  writeFileSync(at('slow'), 'a');
  const noticed = new Date(2026, 1, 1);
  settler.notice(at('slow'), noticed);
  for (let i = 0; i < 8; i++) {
    await sleep(SETTLE_MS / 2);
    appendFileSync(at('slow'), 'more');
    expect(settled).toEqual([]);
  }
  await until(1);
  expect(settled).toMatchObject([{ path: at('slow'), size: 33, noticed, attempt: 1 }]);
  expect(settler.waiting).toBe(0);
});

test('a file of its full size that is still filled is not', async () => {
  const { at, settled, settler, until } = settling();
  writeFileSync(at('reserved'), '');
  truncateSync(at('reserved'), 1000);
  settler.notice(at('reserved'), new Date());
  for (let i = 1; i <= 5; i++) {
    await sleep(SETTLE_MS / 2);
    utimesSync(at('reserved'), new Date(), new Date(2026, 1, 1, 0, 0, i));
    expect(settled).toEqual([]);
  }
  await until(1);
});

test('a file that goes away is forgotten, one that comes by a rename is not missed', async () => {
  const { at, settled, settler, until } = settling();
  writeFileSync(at('gone'), 'a');
  writeFileSync(at('writing.tmp'), 'whole');
  settler.notice(at('gone'), new Date());
  rmSync(at('gone'));
  renameSync(at('writing.tmp'), at('here'));
  settler.notice(at('here'), new Date());
  await until(1);
  await sleep(2 * SETTLE_MS);
  expect(settled.map(({ path }) => path)).toEqual([at('here')]);
  expect(settler.waiting).toBe(0);
});

test('again waits as long as it is told, and counts attempts at the same content', async () => {
  const { at, settled, settler, until } = settling();
  writeFileSync(at('half'), 'half');
  settler.notice(at('half'), new Date());
  await until(1);
  settler.again(settled[0]!, 3 * SETTLE_MS);
  await sleep(2 * SETTLE_MS);
  expect(settled).toHaveLength(1);
  await until(2);
  expect(settled[1]).toMatchObject({ attempt: 2 });
  settler.again(settled[1]!, 3 * SETTLE_MS);
  appendFileSync(at('half'), ', and whole');
  settler.notice(at('half'), new Date());
  await until(3);
  expect(settled[2]).toMatchObject({ attempt: 1, size: 15 });
});

/** A study as a process, killed at random moments and begun again: it ends as if nothing had been. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../src/core/random.ts';
import type { StudyResult } from '../src/result/result.ts';
import { SMALL_STUDY } from './support/smallStudy.ts';

const MAIN = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const KILLS = 6;

let root: string;
/** Of a study that nobody kills. */
let seconds: number;

/** In a folder of its own, with data and cache in it: nothing of one is of use to another. */
function start(name: string) {
  const own = join(root, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'study.yaml'), SMALL_STUDY);
  const args = ['study', join(own, 'study.yaml'), '--quiet', '--out', join(own, 'run')];
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, FLAWMAP_CACHE: join(own, 'home') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  return { child, ended };
}

function withoutMeasured(name: string): string {
  const text = readFileSync(join(root, name, 'run', 'result.json'), 'utf8');
  const { measured: _, ...rest } = JSON.parse(text) as StudyResult;
  return JSON.stringify(rest);
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flawmap killed '));
  const begin = performance.now();
  expect(await start('undisturbed').ended).toEqual({ code: 0, said: '' });
  seconds = (performance.now() - begin) / 1000;
}, 600_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('gives the same result, byte for byte, outside of what was measured', async () => {
  const random = createRandom(String(process.pid));
  for (let kills = 0; kills < KILLS; kills++) {
    const { child, ended } = start('killed');
    const timer = setTimeout(() => child.kill('SIGKILL'), random.uniform(0.5, seconds * 300));
    await ended;
    clearTimeout(timer);
  }
  expect(await start('killed').ended).toEqual({ code: 0, said: '' });
  expect(withoutMeasured('killed')).toBe(withoutMeasured('undisturbed'));
});

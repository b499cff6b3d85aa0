/** The demo as a new user runs it, and again killed at random moments: the results are the same. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../src/core/random.ts';
import type { StudyResult } from '../src/result/result.ts';
import type { Demo } from '../src/study/demo.ts';

const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'dist', 'cli', 'main.js');
const CONFIG = join(ROOT, 'configs', 'demo.yaml');
const CATEGORIES = ['hazelnut', 'carpet', 'zipper'];
const KILLS = 6;

let folder: string;
let demo: Demo;
let seconds: number;

const environment = (cache: string) => ({ ...process.env, FLAWMAP_CACHE: join(folder, cache) });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap demo '));
  const start = performance.now();
  const command = [CLI, 'demo', '--json', '--quiet', '--out', join(folder, 'out')];
  const options = { encoding: 'utf8', env: environment('cache'), maxBuffer: 1e9 } as const;
  demo = JSON.parse(execFileSync(process.execPath, command, options)) as Demo;
  seconds = (performance.now() - start) / 1000;
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('flawmap demo', () => {
  it('leaves a model and a contact sheet for each category', () => {
    expect(demo.categories.map(({ category }) => category)).toEqual(CATEGORIES);
    for (const { model, sheet } of demo.categories) {
      expect(existsSync(model)).toBe(true);
      expect(existsSync(sheet)).toBe(true);
    }
  });

  it('has run every experiment on every category', () => {
    const { global, ...experiments } = demo.result.experiments;
    expect(Object.keys(experiments)).toHaveLength(5);
    for (const results of Object.values(experiments)) expect(results).toHaveLength(6);
    expect(global).toHaveLength(2);
  });

  it('finds flaws on clean images, and loses some to the shift', () => {
    const { clean, shift_no_adaptation: shifted } = demo.result.experiments;
    const auroc = (results: typeof clean) =>
      results!
        .filter(({ method }) => method === 'patchcore')
        .map(({ metrics }) => metrics.image_auroc!.value!);
    for (const value of auroc(clean)) expect(value).toBeGreaterThan(0.85);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(auroc(shifted))).toBeLessThan(sum(auroc(clean)));
  });
});

describe('its study, killed at random moments and resumed', () => {
  it('gives the same result, byte for byte, outside of what was measured', async () => {
    const out = join(folder, 'killed');
    const random = createRandom(String(process.pid));
    const run = () =>
      spawn(process.execPath, [CLI, 'study', CONFIG, '--quiet', '--out', out], {
        env: environment('cache of the killed'),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    for (let kills = 0; kills < KILLS; kills++) {
      const child = run();
      const timer = setTimeout(() => child.kill('SIGKILL'), random.uniform(0.5, seconds * 300));
      await new Promise((resolve) => child.once('exit', resolve));
      clearTimeout(timer);
    }
    const child = run();
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(said).toBe('');
    expect(code).toBe(0);
    expect(withoutMeasured(join(out, 'result.json'))).toBe(
      withoutMeasured(join(folder, 'out', 'result.json')),
    );
  });
});

function withoutMeasured(file: string): string {
  const { measured: _, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as StudyResult;
  return JSON.stringify(rest);
}

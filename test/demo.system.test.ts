/** The demo as a new user runs it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Demo } from '../src/study/demo.ts';

const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'dist', 'cli', 'main.js');
const CATEGORIES = ['hazelnut', 'carpet', 'zipper'];

let folder: string;
let demo: Demo;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap demo '));
  const command = [CLI, 'demo', '--json', '--quiet', '--out', join(folder, 'out')];
  const env = { ...process.env, FLAWMAP_CACHE: join(folder, 'cache') };
  const options = { encoding: 'utf8', env, maxBuffer: 1e9 } as const;
  demo = JSON.parse(execFileSync(process.execPath, command, options)) as Demo;
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

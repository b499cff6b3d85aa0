/** The demo as a new user runs it, and how hard its painted products are. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Demo } from '../src/inspection/demo.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const CATEGORIES = ['hazelnut', 'carpet', 'zipper'];
let folder: string;
let demo: Demo;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap demo '));
  const command = [CLI, 'demo', '--json', '--quiet', '--out', join(folder, 'out')];
  demo = JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as Demo;
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

  it.each(CATEGORIES)('is neither trivial nor hopeless: %s', (name) => {
    const { evaluation } = demo.categories.find(({ category }) => category === name)!;
    expect(evaluation.counts).toMatchObject({ normal: 20, anomalous: 30, withoutMask: 0 });
    expect(evaluation.image.auroc).toBeGreaterThanOrEqual(0.9);
    expect(evaluation.image.auroc).toBeLessThanOrEqual(0.995);
    expect(evaluation.pixel.pro).toBeGreaterThan(0.8);
  });
});

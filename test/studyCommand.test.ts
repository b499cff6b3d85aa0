/** What `flawmap study` prints without running anything. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { EXIT_CODES } from '../src/cli/exitCodes.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import { parseConfig } from '../src/study/config/parseConfig.ts';
import { runCommand } from './support/runCommand.ts';
import { makeTree } from './support/tree.ts';

const CONFIGS = join(import.meta.dirname, '..', 'configs');

async function printed(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(['study', ...args]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(EXIT_CODES.ok);
  return stdout;
}

describe('study', () => {
  test('--print-schema prints what editors check a configuration with', async () => {
    const file = readFileSync(join(CONFIGS, 'study.schema.json'), 'utf8');
    expect(await printed('--print-schema')).toBe(file);
    expect(JSON.parse(await printed('--print-schema', '--json'))).toEqual(JSON.parse(file));
  });

  test('--print-config prints a configuration that is one, of a file or to start from', async () => {
    const text = await printed('--print-config');
    expect(parseConfig(text, 'printed').dataset.synthetic).not.toBeNull();
    const demo = await printed(join(CONFIGS, 'demo.yaml'), '--print-config');
    const config = parseConfig(readFileSync(join(CONFIGS, 'demo.yaml'), 'utf8'), 'demo');
    expect(parseConfig(demo, 'printed')).toEqual(config);
  });

  test('without a configuration says where to start', async () => {
    const { exitCode, stderr } = await runCommand(['study']);
    expect(exitCode).toBe(EXIT_CODES.usage);
    expect(stderr).toContain('start from `flawmap study --print-config`');
  });

  test('--dry-run tells what would run; it draws the split and nothing else', async () => {
    const root = makeTree({});
    vi.stubEnv('FLAWMAP_CACHE', join(root, 'cache'));
    try {
      const count = { train: 5, good: 2, anomalous: 2 };
      await writeSyntheticDataset({
        out: join(root, 'data'),
        size: 64,
        count,
        categories: ['carpet'],
      });
      const config = join(root, 'mine.yaml');
      writeFileSync(
        config,
        `dataset: { root: data, categories: [carpet] }
backbone: { resize: 64 }
padim: { channels: 8 }
experiments: { run: [clean], methods: [padim] }
analysis: { run: [] }
`,
      );
      const dry = [config, '--out', join(root, 'run'), '--dry-run', '--quiet'];
      const text = await printed(...dry);
      expect(text).toMatch(/^\d+ jobs to run, 0 results are there\n/);
      expect(text).toContain('clean/carpet/padim');
      expect(text).toContain('not computed yet');
      expect(text).not.toContain('ladder');
      const planned = JSON.parse(await printed(...dry, '--json')) as {
        id: string;
        state: string;
      }[];
      const states = new Map(planned.map(({ id, state }) => [id, state]));
      expect(states.get('clean/carpet/padim')).toBe('run');
      expect(states.get('ladder/carpet/padim')).toBe('not needed');
      const written = readdirSync(join(root, 'run'), { recursive: true, withFileTypes: true });
      expect(written.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([
        'clean_splits.json',
      ]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

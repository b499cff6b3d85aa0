/** How a study grows, from the times that a run of it has measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXIT_CODES } from '../src/cli/exitCodes.ts';
import { writeSyntheticDataset } from '../src/data/synthetic/writeSyntheticDataset.ts';
import type { StudyGrowth } from '../src/study/simulate/simulateStudy.ts';
import { makeFolder } from './support/photographs.ts';
import { runCommand } from './support/runCommand.ts';

const CONFIG = `dataset: { root: data, categories: [carpet, zipper] }
backbone: { resize: 64 }
padim: { channels: 8 }
experiments: { run: [clean], methods: [padim] }
analysis: { run: [] }
outputs: { pictures: 0, report: [], models: false }
`;

let place: ReturnType<typeof makeFolder>;
let config: string;
let run: string;

beforeAll(async () => {
  place = makeFolder({});
  vi.stubEnv('FLAWMAP_CACHE', join(place.root, 'cache'));
  const count = { train: 6, good: 3, anomalous: 4 };
  const out = join(place.root, 'data');
  await writeSyntheticDataset({ out, size: 64, count, categories: ['carpet', 'zipper'] });
  config = join(place.root, 'mine.yaml');
  run = join(place.root, 'run');
  writeFileSync(config, CONFIG);
});
afterAll(() => {
  vi.unstubAllEnvs();
  place.remove();
});

const simulate = (...args: string[]) =>
  runCommand(['simulate', config, '--run', run, '--quiet', ...args]);

describe('simulate', () => {
  it('says what is missing where the study has not run', async () => {
    const { exitCode, stderr } = await simulate();
    expect(exitCode).toBe(EXIT_CODES.input);
    expect(stderr).toContain(`${run} has no measured times to simulate with`);
    expect(stderr).toContain('run `flawmap study` with the configuration first');
  });

  it('tells how long more categories take on more workers, and draws it', async () => {
    const study = ['study', config, '--out', run, '--workers', '1', '--quiet'];
    expect((await runCommand(study)).stderr).toBe('');
    const out = join(place.root, 'growth');
    const options = ['--categories', '6', '--workers', '1,3,64', '--overhead', '10', '--out', out];
    const { exitCode, stdout, stderr } = await simulate(...options, '--json');
    expect(stderr).toBe('');
    expect(exitCode).toBe(EXIT_CODES.ok);
    const growth = JSON.parse(stdout) as StudyGrowth;
    expect(growth).toMatchObject({ categories: { measured: 2, simulated: 6 }, estimated: 0 });
    // Categories do not wait for each other: three times as many jobs as were measured.
    const { measured } = JSON.parse(readFileSync(join(run, 'result.json'), 'utf8'));
    expect(growth.jobs).toBe(3 * measured.jobs.length);
    const [one, three, many] = growth.points;
    expect(one!.secondsWithoutStore).toBeCloseTo(growth.workSeconds, 6);
    expect(one!.seconds).toBeGreaterThan(growth.workSeconds);
    expect(three!.seconds).toBeLessThan(one!.seconds);
    expect(many!.secondsWithoutStore).toBeCloseTo(growth.criticalPath.seconds, 6);
    expect(many!.secondsWithoutStore).toBeLessThan(three!.secondsWithoutStore);

    expect(JSON.parse(readFileSync(join(out, 'growth.json'), 'utf8'))).toEqual(growth);
    const table = readFileSync(join(out, 'growth.csv'), 'utf8').trim().split('\r\n');
    expect(table.map((line) => line.split(',')[0])).toEqual(['workers', '1', '3', '64']);
    expect(readFileSync(join(out, 'growth.svg'), 'utf8')).toMatch(/^<svg/);
    const said = (await simulate(...options)).stdout;
    expect(said).toContain('No number of workers makes it faster than');
    for (const { id } of growth.criticalPath.jobs.slice(0, 1)) expect(said).toContain(id);
  });

  it.each(['0', '1,two', '1.5', '5000'])('refuses --workers %s', async (workers) => {
    const { exitCode, stderr } = await simulate('--workers', workers);
    expect(exitCode).toBe(EXIT_CODES.usage);
    expect(stderr).toContain('whole numbers from 1 to 4096');
  });
});

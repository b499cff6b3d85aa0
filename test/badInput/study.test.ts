/** Configurations, data and folders that cannot be studied: refused before any work starts. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import { writeSyntheticDataset } from '../../src/data/synthetic/writeSyntheticDataset.ts';
import { runCommand } from '../support/runCommand.ts';
import { withoutRights } from '../support/withoutRights.ts';
import { filesIn } from '../support/workplace.ts';

let painted: string;
let work: string;

beforeAll(async () => {
  painted = mkdtempSync(join(tmpdir(), 'flawmap-painted-'));
  const count = { train: 5, good: 2, anomalous: 4 };
  const categories = ['carpet', 'zipper'];
  await writeSyntheticDataset({ out: join(painted, 'data'), size: 64, count, categories });
});
afterAll(() => rmSync(painted, { recursive: true, force: true }));

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'flawmap-study-'));
  cpSync(join(painted, 'data'), join(work, 'data'), { recursive: true });
  vi.stubEnv('FLAWMAP_CACHE', join(work, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true, force: true });
});

/** The smallest configuration, whose sections can be given anew. */
function configure(sections: Readonly<Record<string, string>> = {}): string {
  const all = {
    dataset: '{ root: data, categories: [carpet] }',
    backbone: '{ resize: 64 }',
    patchcore: '{ seeds: [1] }',
    padim: '{ channels: 8, seeds: [1] }',
    ...sections,
  };
  const file = join(work, 'mine.yaml');
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(file, lines.join(''));
  return file;
}

const study = (config: string, ...more: string[]) =>
  runCommand(['study', config, '--out', join(work, 'run'), '--workers', '1', ...more]);

/** Must end with this exit code before any job, say so, and leave all files as they were. */
async function refused(config: string, exitCode: number, ...more: string[]): Promise<string> {
  const before = filesIn(work);
  const result = await study(config, ...more);
  expect(result.stderr).toMatch(/^error: /m);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stdout).toBe('');
  for (const step of ['embedding', 'shifting', 'scoring', 'painting', 'learning']) {
    expect(result.stderr).not.toContain(`${step} images`);
  }
  expect(filesIn(work)).toEqual(before);
  return result.stderr;
}

describe('configurations', () => {
  test('with unknown keys and impossible ratios are refused, all mistakes at once', async () => {
    const said = await refused(
      configure({ patchcore: '{ corset: 0.1, topk: 2 }', split: '{ validation: 1 }' }),
      EXIT_CODES.input,
    );
    expect(said).toContain('3 mistakes');
    expect(said).toContain('patchcore.corset (line 3, column 14): there is no such setting; did');
    expect(said).toContain('did you mean coreset?');
    expect(said).toContain('patchcore.topk (line 3, column 27): expected at most 1, found 2');
    expect(said).toContain('split.validation (line 5, column 10): expected less than 1, found 1');
    expect(said).toContain('docs/study-config.md');
  });

  test('that are not there are refused', async () => {
    const said = await refused(join(work, 'none.yaml'), EXIT_CODES.input);
    expect(said).toContain(`cannot read the configuration ${join(work, 'none.yaml')}`);
  });

  test('for which an unknown stage is asked are refused, with the nearest', async () => {
    const said = await refused(configure(), EXIT_CODES.usage, '--only', 'clean,laddr');
    expect(said).toContain('there is no stage laddr');
    expect(said).toContain('did you mean ladder?');
  });

  test.each([
    [{ patchcore: '{ score: reweighted }' }, [], 'leave ladder out of experiments.run'],
    [
      { patchcore: '{ score: reweighted }', experiments: '{ run: [clean] }' },
      ['--only', 'ladder'],
      'the adaptation ladder cannot use the reweighted score',
    ],
    [{ experiments: '{ ladder: { preset: rotation } }' }, [], 'experiments.ladder.preset'],
    [{ shift: '{ preset: corruptions, severity: 4 }' }, [], 'experiments.ladder.preset'],
  ])('whose ladder cannot be climbed are refused: %j', async (sections, more, said) => {
    expect(await refused(configure(sections), EXIT_CODES.input, ...more)).toContain(said);
  });

  test.each([
    [{ backbone: '{ name: none.onnx }' }, 'there is no backbone file', 'none.onnx'],
    [{ backbone: '{ name: resnet18 }' }, 'run: flawmap backbone pull resnet18', 'resnet18'],
    [{ backbone: '{ name: resnt18 }' }, 'did you mean resnet18?', 'no backbone named resnt18'],
    [{ patchcore: '{ layers: [layer2] }' }, 'has no layer layer2', 'expected: filterbank'],
    [{ padim: '{ layers: [filterbnk] }' }, 'did you mean filterbank?', 'no layer filterbnk'],
    [{ padim: '{ channels: 208 }' }, 'padim.channels is out of range', 'expected: 1 to 207'],
    [{ backbone: '{ resize: 40 }' }, 'choose backbone.resize', 'multiples of 8, at least 48'],
    [{ backbone: '{ resize: 100 }' }, 'choose backbone.resize', 'multiples of 8, at least 48'],
    [
      { backbone: '{ resize: 1024 }', padim: '{ channels: 200 }' },
      'PaDiM would need too much memory',
      'use padim.channels 169 or less',
    ],
  ])('whose network cannot be had are refused: %j', async (sections, ...all) => {
    const isMissing = JSON.stringify(sections).includes('resnet18');
    const exitCode = isMissing ? EXIT_CODES.environment : EXIT_CODES.input;
    const said = await refused(configure(sections), exitCode);
    for (const text of all) expect(said).toContain(text);
    expect(said).not.toMatch(/--(channels|resize|layers|backbone)/);
  });
});

describe('data', () => {
  const without = (...paths: string[]) => {
    for (const path of paths) rmSync(join(work, 'data', 'carpet', path), { recursive: true });
  };
  const trainingImages = (count: number) =>
    without(
      ...['004', '003', '002', '001', '000'].slice(0, 5 - count).map((n) => `train/good/${n}.png`),
    );

  test('without the folder is refused, and without a category in it', async () => {
    const nowhere = configure({ dataset: '{ root: daat, categories: [carpet] }' });
    expect(await refused(nowhere, EXIT_CODES.input)).toContain(join(work, 'daat'));
    const said = await refused(
      configure({ dataset: '{ root: data, categories: [carpet, ziper] }' }),
      EXIT_CODES.input,
    );
    expect(said).toContain('there is no category ziper');
    expect(said).toContain('did you mean dataset.categories zipper?');
  });

  test('without test images is refused', async () => {
    without('test');
    const said = await refused(configure(), EXIT_CODES.input);
    expect(said).toContain(`there are no test images in ${join(work, 'data', 'carpet')}`);
    expect(said).toContain('add labelled test images');
  });

  test.each([0, 1, 2])('with %i training images is refused', async (count) => {
    trainingImages(count);
    const said = await refused(configure(), EXIT_CODES.input);
    if (count === 0) expect(said).toContain('there is nothing to learn from');
    else expect(said).toContain('carpet has too few good training images to split');
    expect(said).toMatch(/to do: .*train\/good/);
  });

  test('whose anomalies would all be in val, with nothing else to test on, is refused', async () => {
    const test = join(work, 'data', 'carpet', 'test');
    without('test', 'ground_truth');
    const image = join(work, 'data', 'zipper', 'test', 'good', '000.png');
    for (const name of ['0.png', '1.png']) cpSync(image, join(test, 'hole', name));
    const config = configure({ split: '{ anomalousValidation: 0.99 }' });
    const said = await refused(config, EXIT_CODES.input);
    expect(said).toContain('there is nothing to test carpet on');
    expect(said).toContain('a share of 0.99 of 2 anomalous images, no good ones');
  });

  test('with a category that would share its files with the global model is refused', async () => {
    cpSync(join(work, 'data', 'carpet'), join(work, 'data', 'global'), { recursive: true });
    const config = configure({ dataset: '{ root: data, categories: [global] }' });
    const said = await refused(config, EXIT_CODES.input);
    expect(said).toContain('cannot have a category called global');
    expect(said).toContain('give the folder another name');
  });

  test('with the same picture in training and test is refused', async () => {
    const from = join(work, 'data', 'carpet', 'train', 'good', '000.png');
    cpSync(from, join(work, 'data', 'carpet', 'test', 'good', '999.png'));
    const said = await refused(configure(), EXIT_CODES.input);
    expect(said).toContain('the same picture is');
  });

  test.each([
    ['{ synthetic: {}, categories: [carpit] }', 'did you mean "carpet"?'],
    ['{ synthetic: { train: 2 }, categories: [carpet] }', 'too few good training images'],
  ])('that cannot be painted is refused before it is: %s', async (dataset, said) => {
    expect(await refused(configure({ dataset }), EXIT_CODES.input)).toContain(said);
  });

  test.each([
    ['synthetic: { train: 5, good: 2, anomalous: 4, size: 64 }', 'with seed 43', { seed: '43' }],
    ['synthetic: { train: 5, good: 2, anomalous: 4, size: 65 }', 'at 65 pixels', {}],
    ['synthetic: { train: 6, good: 2, anomalous: 4, size: 64 }', '6 training images', {}],
  ])(
    'painted otherwise before is not taken for what is asked now: %s',
    async (synthetic, said, more) => {
      cpSync(join(painted, 'data'), join(work, 'run', 'data', 'raw'), { recursive: true });
      const dataset = `{ ${synthetic}, categories: [carpet] }`;
      const found = await refused(configure({ dataset, ...more }), EXIT_CODES.input);
      expect(found).toContain('holds other images than this study paints');
      expect(found).toContain(said);
      expect(found).toContain('choose another --out');
    },
  );
});

describe('folders', () => {
  test.each([
    ['a file', 'data/carpet/train/good/000.png'],
    ['below a file', 'data/carpet/train/good/000.png/run'],
  ])('of the run that are %s are refused', async (_, path) => {
    const out = join(work, path);
    const said = await refused(configure(), EXIT_CODES.environment, '--out', out);
    expect(said).toContain(`cannot write ${out}`);
    expect(said).toContain('choose another path');
  });

  test('of the split lists that are a file are refused', async () => {
    writeFileSync(join(work, 'lists'), 'x');
    const said = await refused(configure({ split: '{ folder: lists }' }), EXIT_CODES.environment);
    expect(said).toContain(`cannot write ${join(work, 'lists')}`);
  });

  test('of the cache that are a file are refused', async () => {
    writeFileSync(join(work, 'kept'), 'x');
    const said = await refused(configure({ cache: '{ folder: kept }' }), EXIT_CODES.environment);
    expect(said).toContain(`cannot write ${join(work, 'kept')}`);
    expect(said).toContain('choose another path');
  });

  test('that belong to somebody else are refused, of the cache and of the run', async () => {
    mkdirSync(join(work, 'mine'), { mode: 0o777 });
    chmodSync(join(work, 'mine'), 0o777);
    chmodSync(work, 0o755);
    const theirs = configure({ cache: '{ folder: kept }' });
    const run = ['--out', join(work, 'mine', 'run')];
    const cache = await withoutRights(() => refused(theirs, EXIT_CODES.environment, ...run));
    expect(cache).toContain(`cannot write ${join(work, 'kept')}`);
    expect(cache).toContain('choose a folder you may write to');
    const own = configure({ cache: '{ folder: mine/kept }' });
    const out = await withoutRights(() => refused(own, EXIT_CODES.environment));
    expect(out).toContain(`cannot write ${join(work, 'run')}`);
    expect(out).toContain('choose a folder you may write to');
  });

  test('with split lists of other settings are refused', async () => {
    const config = configure({ experiments: '{ run: [clean] }', analysis: '{ run: [] }' });
    expect((await study(config, '--dry-run')).exitCode).toBe(EXIT_CODES.ok);
    const said = await refused(configure({ seed: '43' }), EXIT_CODES.input);
    expect(said).toContain('the seed is 43');
    expect(said).toContain('remove the file to draw the split again');
  });
});

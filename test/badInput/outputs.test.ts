/** Options and outputs that cannot be, and fits that are interrupted. */
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import { Interruption } from '../../src/cli/interruption.ts';
import { runCommand } from '../support/runCommand.ts';
import { withoutRights } from '../support/withoutRights.ts';
import { filesIn, useWorkplace } from '../support/workplace.ts';

const place = useWorkplace();

describe('options', () => {
  it.each([
    [['--coreset', '0'], 'a share in (0, 1]'],
    [['--coreset', '1.5'], 'a number from 0 to 1'],
    [['--crop', '256'], 'at most --resize, 128 pixels'],
    [['--topk', '0.01'], 'add --score topk'],
    [['--score', 'mean'], 'one of max, reweighted, topk'],
    [['--method', 'padimm'], 'one of patchcore'],
    [['--resize', '100.5'], 'a whole number'],
    [['--fpr', '0'], 'fpr'],
  ])('%j are refused as a wrong command line', async (options, said) => {
    expect(await place.refused(place.fit(...options), EXIT_CODES.usage)).toContain(said);
  });

  it('that the images cannot keep are refused before any is read, saying how many it takes', async () => {
    writeFileSync(join(place.data, 'train/good/001.png'), 'never read');
    const said = await place.refused(place.fit('--fpr', '0.01'), EXIT_CODES.input);
    expect(said).toContain('at least 99 normal calibration images');
  });

  it('of a size the backbone cannot work at are refused', async () => {
    const said = await place.refused(place.fit('--resize', '100'), EXIT_CODES.input);
    expect(said).toContain('choose --resize');
  });

  it('naming files that are not there are refused', async () => {
    const path = join(place.work, 'none');
    for (const option of ['--exclude', '--calibrate']) {
      expect(await place.refused(place.fit(option, path), EXIT_CODES.input)).toContain(path);
    }
  });
});

describe('outputs', () => {
  const NOT_WRITABLE = [
    ['below a file', () => join(place.data, 'train/good/000.png/out'), 'choose another path'],
    ['where no folder can be made', () => '/proc/flawmap/out', 'choose another one'],
  ] as const;

  it.each(NOT_WRITABLE)(
    'of fit %s are refused before any image is read',
    async (_, path, remedy) => {
      writeFileSync(join(place.data, 'train/good/001.png'), 'never read');
      const said = await place.refused(['fit', place.data, '-o', path()], EXIT_CODES.environment);
      expect(said).toContain('cannot write');
      expect(said).toContain(path().split('/').slice(0, -1).join('/'));
      expect(said).toContain(remedy);
    },
  );

  it.each(NOT_WRITABLE)('of predict %s are refused', async (_, path, remedy) => {
    const args = [...place.predict(join(place.data, 'test')), '--out', path()];
    const said = await place.refused(args, EXIT_CODES.environment);
    expect(said).toContain(`cannot write ${path()}`);
    expect(said).toContain(remedy);
  });

  it('in a folder without permission are refused', async () => {
    chmodSync(place.work, 0o755);
    const args = ['fit', place.data, '-o', join(place.work, 'model.onnx'), '--resize', '128'];
    const { exitCode, stderr } = await withoutRights(() => runCommand(args));
    expect(exitCode).toBe(EXIT_CODES.environment);
    expect(stderr).toContain(`cannot write ${place.work}`);
    expect(stderr).toContain('choose a folder you may write to');
    expect(readdirSync(place.work)).toEqual(['data']);
  });

  it('that are a folder are refused', async () => {
    const said = await place.refused(['fit', place.data, '-o', place.work], EXIT_CODES.usage);
    expect(said).toContain(`cannot write the inspector to ${place.work}`);
    expect(said).toContain('name a file in it');
  });
});

describe('an interrupted fit', () => {
  it.each([
    ['SIGINT', EXIT_CODES.interrupted],
    ['SIGTERM', EXIT_CODES.terminated],
  ] as const)('by %s leaves nothing behind', async (name, expected) => {
    const before = filesIn(place.work);
    const controller = new AbortController();
    const { exitCode, stdout, stderr } = await runCommand(
      place.fit('--log-json', '--json'),
      controller.signal,
      (piece) => {
        if (piece.includes('embedding training images')) controller.abort(new Interruption(name));
      },
    );
    expect(exitCode).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toContain('embedding training images');
    expect(filesIn(place.work)).toEqual(before);
  });
});

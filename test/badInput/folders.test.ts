/** Data folders and masks that cannot be worked with. */
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import { encodeMaskPng } from '../../src/image/encodeImage.ts';
import { flawMask } from '../support/photographs.ts';
import { runCommand } from '../support/runCommand.ts';
import { makeTree } from '../support/tree.ts';
import { useWorkplace } from '../support/workplace.ts';

const place = useWorkplace();

describe('folders', () => {
  it('refuses an empty one', async () => {
    rmSync(place.data, { recursive: true });
    mkdirSync(place.data);
    const said = await place.refused(place.fit(), EXIT_CODES.input);
    expect(said).toContain(`there are no images in ${place.data}`);
    expect(said).toContain(`to do:    put images of good products into ${place.data}/train/good`);
    expect(await place.refused(place.predict(place.data), EXIT_CODES.input)).toContain(
      `there are no images in ${place.data}`,
    );
  });

  it('refuses one that is not there, and a file in its place', async () => {
    const missing = join(place.work, 'daat');
    for (const args of [['fit', missing, '-o', 'x.onnx'], place.predict(missing)]) {
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(missing);
      expect(said).toContain('check the path for a typing error');
    }
    writeFileSync(missing, 'x');
    expect(await place.refused(['fit', missing, '-o', 'x.onnx'], EXIT_CODES.input)).toContain(
      'give the folder that holds it',
    );
  });

  it.each([
    ['no train', ['train']],
    ['no train/good', ['train/good']],
    ['an empty train/good', ['train/good/*']],
  ])('refuses one with %s', async (_name, [path]) => {
    const isEmptied = path!.endsWith('*');
    rmSync(join(place.data, path!.replace('/*', '')), { recursive: true });
    if (isEmptied) mkdirSync(join(place.data, 'train/good'));
    const said = await place.refused(place.fit(), EXIT_CODES.input);
    const good = join(place.data, 'train/good');
    expect(said).toContain(`there is nothing to learn from: ${good}`);
    expect(said).toContain(`put images of good products into ${good}`);
  });

  it('refuses several without --category, and one that is not among them', async () => {
    const several = makeTree({ 'nut/train/good/0.png': 'x', 'bolt/train/good/0.png': 'x' });
    const fit = ['fit', several, '-o', join(place.work, 'm.onnx')];
    expect(await place.refused(fit, EXIT_CODES.usage)).toContain(
      '--category with one of bolt, nut',
    );
    expect(await place.refused([...fit, '--category', 'nutt'], EXIT_CODES.usage)).toContain(
      'did you mean --category nut?',
    );
  });

  it('leaves files that are no images alone, and says so', async () => {
    writeFileSync(join(place.data, 'train/good/notes.txt'), 'made on Monday');
    writeFileSync(join(place.data, 'test/good/notes.txt'), 'made on Monday');
    const fit = await runCommand(place.fit());
    expect(fit.exitCode).toBe(EXIT_CODES.ok);
    expect(fit.stderr).toContain('warning: left alone: notes.txt (not an image)');
    const predict = await runCommand(place.predict(join(place.data, 'test/good')));
    expect(predict.exitCode).toBe(EXIT_CODES.ok);
    expect(predict.stderr).toContain('warning: left alone: notes.txt (not an image)');
    const named = place.predict(join(place.data, 'test/good/notes.txt'));
    expect(await place.refused(named, EXIT_CODES.input)).toContain('name an image');
  });
});

describe('masks', () => {
  it('of another size than the image are refused, naming both', async () => {
    const mask = join(place.data, 'ground_truth/scratch/000_mask.png');
    writeFileSync(mask, await encodeMaskPng(flawMask(95, 96)));
    const said = await place.refused(place.evaluate(), EXIT_CODES.input);
    expect(said).toContain(mask);
    expect(said).toContain(join(place.data, 'test/scratch/000.png'));
    expect(said).toContain('95 x 96 pixels');
    expect(said).toContain('export the mask at the size of the image');
  });

  it('for a good image are refused', async () => {
    const mask = join(place.data, 'ground_truth/good/000_mask.png');
    mkdirSync(join(place.data, 'ground_truth/good'));
    writeFileSync(mask, await encodeMaskPng(flawMask()));
    for (const args of [place.fit(), place.evaluate()]) {
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(`${mask} is a mask for a good image`);
      expect(said).toContain('remove it');
    }
  });

  it('that are cut short are refused', async () => {
    const mask = join(place.data, 'ground_truth/scratch/000_mask.png');
    truncateSync(mask, 60);
    const said = await place.refused(place.evaluate(), EXIT_CODES.input);
    expect(said).toContain(mask);
    expect(said).toContain('copy or download the file again');
  });
});

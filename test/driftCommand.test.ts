/** `flawmap drift` as people and scripts meet it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../src/image/encodeImage.ts';
import type { RgbImage } from '../src/image/image.ts';
import { makeFolder, type PhotographOptions, photograph } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { runCommand } from './support/runCommand.ts';

let root: string;
let model: string;
let remove: () => void;

/** A lamp at 80% of its light. */
function dimmed(image: RgbImage): RgbImage {
  return { ...image, data: image.data.map((value) => Math.round(0.8 * value)) };
}

async function pictures(
  folder: string,
  count: number,
  options: (i: number) => PhotographOptions,
  change: (image: RgbImage) => RgbImage = (image) => image,
): Promise<[path: string, bytes: Uint8Array][]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => [
      `${folder}${String(i).padStart(3, '0')}.png`,
      await encodePng(change(photograph(options(i)))),
    ]),
  );
}

beforeAll(async () => {
  const small = { width: 64, height: 64 };
  const good = (first: number) => (i: number) => ({ ...small, seed: first + i });
  const flawed = (i: number) => ({ ...small, seed: 9000 + i, flawed: true });
  const files = [
    ...(await pictures('data/train/good/', 100, good(0))),
    ...(await pictures('clean/', 15, good(1000))),
    ...(await pictures('lamp/a', 12, good(2000))),
    ...(await pictures('lamp/b', 12, good(3000), dimmed)),
    ...(await pictures('burst/a', 8, good(4000))),
    ...(await pictures('burst/b', 8, flawed)),
    ...(await pictures('few/train/good/', 5, good(0))),
  ];
  ({ root, remove } = makeFolder(Object.fromEntries(files)));
  model = join(root, 'model.onnx');
  const preprocessing = { resize: 64, crop: 64 };
  await quickFit({ data: join(root, 'data'), output: model, preprocessing });
});
afterAll(() => remove());

describe('drift', () => {
  it('says that nothing has changed while nothing has', async () => {
    const { exitCode, stdout, stderr } = await runCommand([
      ...['drift', model, join(root, 'clean'), '--quiet'],
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('no change of imaging conditions shown (15 photographs, data)');
    expect(stdout).toMatch(/online +no alarm/);
    expect(stdout).toContain('of the 20 calibration images');
    expect(exitCode).toBe(0);
  });

  it('says since which photograph the lamp is dimmer, and ends with 1', async () => {
    const { exitCode, stdout } = await runCommand([
      ...['drift', model, join(root, 'lamp'), '--quiet'],
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`changed since photograph 13: ${join(root, 'lamp/b000.png')}`);
    expect(stdout).toMatch(/online +alarm at photograph (1[5-9]|2[0-4]) /);
    expect(stdout).toMatch(/^brightness +\d+ +\d+ +-\d+\.\d$/m);
    expect(stdout).toMatch(/batch +energy distance/);
  });

  it('tells a program of every photograph', async () => {
    const { exitCode, stdout } = await runCommand([
      ...['drift', model, join(root, 'lamp'), '--json', '--quiet', '--false-alarm', '0.02'],
    ]);
    expect(exitCode).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      model,
      category: 'data',
      falseAlarm: 0.02,
      reference: 20,
      changed: true,
      online: { changed: true, threshold: 100, alarm: { since: { image: 13 } } },
      batch: { changed: true, images: 24 },
    });
    expect(report.photographs).toHaveLength(24);
    const reached = report.photographs.map((one: { martingale: number }) => one.martingale >= 100);
    expect(reached.indexOf(true) + 1).toBe(report.online.alarm.image);
    for (const { path, conditions } of report.photographs) {
      expect(path).toContain(join(root, 'lamp'));
      expect(Object.keys(conditions)).toHaveLength(8);
    }
    const moved = Object.fromEntries(
      report.movements.map((one: { descriptor: string; moved: number }) => [
        one.descriptor,
        one.moved,
      ]),
    );
    expect(moved.brightness).toBeLessThan(-10);
    expect(Math.abs(moved.shadingX)).toBeLessThan(5);
  });

  it('raises no alarm for a burst of flaws', async () => {
    const { exitCode, stdout } = await runCommand([
      ...['drift', model, join(root, 'burst'), '--json', '--quiet'],
    ]);
    expect(exitCode).toBe(0);
    const { changed, movements } = JSON.parse(stdout);
    expect(changed).toBe(false);
    for (const { descriptor, moved } of movements) {
      expect(Math.abs(moved), descriptor).toBeLessThan(2);
    }
    // They are flaws indeed.
    const judged = await runCommand(['predict', model, join(root, 'burst'), '--json', '--quiet']);
    const { predictions } = JSON.parse(judged.stdout);
    const scoredHigh = predictions.filter(
      ({ score, threshold }: { score: number; threshold: number }) => score > threshold,
    );
    expect(scoredHigh.length).toBeGreaterThanOrEqual(8);
  });

  it('warns of a model that was calibrated on few images', async () => {
    const few = join(root, 'few.onnx');
    await quickFit({ data: join(root, 'few'), output: few });
    const { exitCode, stderr } = await runCommand(['drift', few, join(root, 'clean/000.png')]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: the model has only 1 calibration image');
  });

  it.each(['0', '1'])('refuses to raise false alarms with probability %s', async (share) => {
    const args = ['drift', model, join(root, 'clean'), '--false-alarm', share];
    const { exitCode, stderr } = await runCommand(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--false-alarm <share> was given a value it cannot take');
    expect(stderr).toContain('above 0 and below 1');
  });
});

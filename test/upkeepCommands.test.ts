/** `flawmap update`, `recalibrate` and `history` as people and scripts meet them. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../src/core/hash.ts';
import { encodePng } from '../src/image/encodeImage.ts';
import { makeFolder, photograph } from './support/photographs.ts';
import { quickFit } from './support/quickFit.ts';
import { runCommand } from './support/runCommand.ts';

let root: string;
let remove: () => void;
const model = () => join(root, 'part.onnx');

beforeAll(async () => {
  const files: Record<string, Uint8Array> = {};
  const picture = (seed: number) => encodePng(photograph({ width: 64, height: 64, seed }));
  for (let i = 0; i < 10; i++) files[`data/train/good/${i}.png`] = await picture(i);
  for (let i = 0; i < 24; i++) files[`fresh/${i}.png`] = await picture(100 + i);
  files['marked/good/0.png'] = await picture(200);
  const flaw = { width: 64, height: 64, seed: 201, flawed: true };
  files['marked/scratch/0.png'] = await encodePng(photograph(flaw));
  ({ root, remove } = makeFolder(files));
  const preprocessing = { resize: 64, crop: 64 };
  await quickFit({ data: join(root, 'data'), output: join(root, 'fitted.onnx'), preprocessing });
});
afterAll(() => remove());
beforeEach(() => {
  copyFileSync(join(root, 'fitted.onnx'), model());
  rmSync(`${model()}.versions`, { recursive: true, force: true });
});

describe('update', () => {
  it('says what was done, and how to go back', async () => {
    const { exitCode, stdout } = await runCommand(['update', model(), join(root, 'fresh')]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/part\.onnx {2}version 2$/m);
    expect(stdout).toMatch(/images +\d joined, 1\d calibrate, \d set aside as suspicious/);
    expect(stdout).toMatch(/model +8 to 1\d images, \d+ to \d+ rows/);
    expect(stdout).toMatch(/promise +Set (from|at) .*normal/);
    expect(stdout).toMatch(/^Back: flawmap history .*part\.onnx --rollback 1$/m);
  });

  it('warns of images that are not new and of a promise that few images do not allow', async () => {
    const few = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'];
    const paths = few.map((name) => join(root, 'fresh', `${name}.png`));
    const seen = join(root, 'data');
    const { exitCode, stderr } = await runCommand(['update', model(), ...paths, seen]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: not new: .*\(the model has learnt from it\).* and 5 more/);
    expect(stderr).toContain('too few images for the rate aimed at');
  });

  it('warns where the threshold was set with labelled flaws', async () => {
    const labelled = join(root, 'labelled.onnx');
    const data = join(root, 'data');
    const calibrate = join(root, 'marked');
    const preprocessing = { resize: 64, crop: 64 };
    await quickFit({ data, output: labelled, preprocessing, calibrate });
    const { stderr } = await runCommand(['update', labelled, join(root, 'fresh')]);
    expect(stderr).toContain('warning: the threshold was set with labelled flaws before');
  });

  it('ends with 3 and leaves the model alone where there are too few images', async () => {
    const before = sha256(readFileSync(model()));
    const { exitCode, stderr } = await runCommand(['update', model(), join(root, 'fresh/0.png')]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('too few new images');
    expect(sha256(readFileSync(model()))).toBe(before);
  });

  it('ends with 3 on what is no inspector', async () => {
    const picture = join(root, 'fresh/0.png');
    const { exitCode } = await runCommand(['update', picture, join(root, 'fresh')]);
    expect(exitCode).toBe(3);
  });
});

describe('recalibrate and history', () => {
  it('list versions and go back', async () => {
    const done = await runCommand(['recalibrate', model(), join(root, 'fresh'), '--json']);
    expect(JSON.parse(done.stdout)).toMatchObject({
      file: model(),
      previous: 1,
      version: { number: 2, action: 'recalibrate' },
      images: { joined: 0 },
    });
    const listed = await runCommand(['history', model()]);
    expect(listed.exitCode).toBe(0);
    expect(listed.stdout).toMatch(/^ +1 .* found .*\n +2 .* recalibrate: \d+ calibrate/m);
    const back = await runCommand(['history', model(), '--rollback', '1', '--json']);
    expect(JSON.parse(back.stdout).versions.at(-1)).toMatchObject({
      number: 3,
      action: 'rollback',
      restored: 1,
    });
    expect(readFileSync(model())).toEqual(readFileSync(join(root, 'fitted.onnx')));
    const wrong = await runCommand(['history', model(), '--rollback', '9']);
    expect(wrong.exitCode).toBe(3);
    expect(wrong.stderr).toContain('cannot go back to version 9');
  });
});

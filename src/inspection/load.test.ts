import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { decodeImage } from '../image/decodeImage.ts';
import { load } from './load.ts';
import { predict } from './predict.ts';

let folder: ReturnType<typeof makeFolder>;
let model: string;
const at = (path: string) => join(folder.root, path);

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8, good: 1, flawed: 1 }));
  model = at('model.onnx');
  await quickFit({ data: folder.root, output: model, thumbnails: false });
});
afterAll(() => folder.remove());

describe('load', () => {
  it('judges a path, bytes and pixels alike, as predict does', async () => {
    await using inspector = await load(model);
    const path = at('test/scratch/000.png');
    const [byPath, byBytes, byPixels] = await Promise.all([
      inspector.inspect(path),
      inspector.inspect(readFileSync(path)),
      inspector.inspect(await decodeImage(path)),
    ]);
    expect(byBytes).toEqual(byPath);
    expect(byPixels).toEqual(byPath);
    for await (const prediction of predict({ model, paths: [path] })) {
      // Of a file, and so not of pixels.
      const { path: _path, sha256: _sha256, ...judged } = prediction;
      expect(byPath).toMatchObject(judged);
    }
    expect(byPath.map.data).toHaveLength(128 * 128);
    expect(inspector.metadata.detector.method).toBe('patchcore');
  });

  it('goes on after an image that cannot be read', async () => {
    await using inspector = await load(model, { threads: 1 });
    await expect(inspector.inspect(at('nothing.png'))).rejects.toThrow('no such file');
    const pixels = { width: 4, height: 4, data: new Uint8Array(64) };
    await expect(inspector.inspect(pixels)).rejects.toThrow('4 x 4 x 3 bytes');
    expect((await inspector.inspect(at('test/good/000.png'))).score).toBeGreaterThan(0);
  });

  it('refuses a file that is no inspector', async () => {
    await expect(load(at('train/good/000.png'))).rejects.toThrow('000.png');
  });
});

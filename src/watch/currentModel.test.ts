import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoryFiles, makeFolder } from '../../test/support/photographs.ts';
import { quickFit } from '../../test/support/quickFit.ts';
import { sha256 } from '../core/hash.ts';
import { readInspectorMetadata } from '../detector/inspector/inspector.ts';
import { openCurrentModel } from './currentModel.ts';

let folder: ReturnType<typeof makeFolder>;
const at = (name: string) => join(folder.root, name);

beforeAll(async () => {
  folder = makeFolder(await categoryFiles({ train: 8 }));
  await quickFit({ data: folder.root, output: at('first.onnx') });
  await quickFit({ data: folder.root, output: at('second.onnx'), seed: 2 });
});
afterAll(() => folder.remove());

/** @returns a file like the first, and what puts the second in its place */
function replaceable() {
  copyFileSync(at('first.onnx'), at('part.onnx'));
  copyFileSync(at('second.onnx'), at('next.onnx'));
  return { path: at('part.onnx'), replace: () => renameSync(at('next.onnx'), at('part.onnx')) };
}

describe('openCurrentModel', () => {
  it('reads the file again when another is in its place', async () => {
    const { path, replace } = replaceable();
    await using model = await openCurrentModel(path, {});
    expect(model.now.sha256).toBe(sha256(readFileSync(at('first.onnx'))));
    expect(await model.refresh()).toBe('same');
    replace();
    expect(await model.refresh()).toBe('replaced');
    expect(model.now.sha256).toBe(sha256(readFileSync(at('second.onnx'))));
  });

  it('never has one file judge by the hash of another, replaced while it was opened', async () => {
    const { path, replace } = replaceable();
    let opened = 0;
    // Read when the inspector is open, before its file is hashed.
    const options = {
      get mmPerPixel() {
        if (opened++ === 0) replace();
        return undefined;
      },
    };
    await using model = await openCurrentModel(path, options);
    expect(model.now.sha256).toBe(sha256(readFileSync(path)));
    expect(model.now.inspector.metadata).toEqual(await readInspectorMetadata(path));
  });
});

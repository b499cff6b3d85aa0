/** A few cases of `npm run torture`'s fuzzing, of what strangers' files are most often. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/core/random.ts';
import { filesBelow } from '../src/data/import/sourceFiles.ts';
import { complaintAbout } from '../torture/fuzz/outcome.ts';
import { configTarget } from '../torture/fuzz/targets/config.ts';
import { imageTarget } from '../torture/fuzz/targets/images.ts';
import { npyTarget } from '../torture/fuzz/targets/npy.ts';
import { safetensorsTarget } from '../torture/fuzz/targets/safetensors.ts';
import { tarTarget } from '../torture/fuzz/targets/tarArchives.ts';
import { makeTree } from './support/tree.ts';

const CASES = 30;

describe('hostile files are refused by name, or read', () => {
  it.each([imageTarget, safetensorsTarget, npyTarget, configTarget, tarTarget])(
    '$name',
    async (target) => {
      const root = makeTree({ 'own/': '', 'case/outside/canary': 'as it was' });
      const folder = join(root, 'case');
      const place = {
        input: join(folder, 'input'),
        output: join(folder, 'output'),
        outside: join(folder, 'outside'),
      };
      const cases = await target.prepare(join(root, 'own'));
      for (let i = 0; i < CASES; i++) {
        rmSync(place.input, { recursive: true, force: true });
        rmSync(place.output, { recursive: true, force: true });
        mkdirSync(place.input);
        await cases.make(createRandom(`unit test ${target.name} ${i}`), place);
        const complaint = await cases
          .run(place)
          .catch((error: unknown) => complaintAbout(error, place));
        expect(complaint, `case ${i}`).toBeUndefined();
        const files = await filesBelow(folder);
        const elsewhere = files.filter((file) => !/^(input|output)\//.test(file));
        expect(elsewhere).toEqual(['outside/canary']);
      }
    },
  );
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openCategory } from '../../../src/data/openCategory.ts';
import { openSplits } from '../../../src/data/splits/openSplits.ts';
import { categoryFiles } from '../../../test/support/photographs.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

const OPTIONS = { seed: 3, validation: 0.25, anomalousValidation: 0.5 };

export const splitsTarget: FuzzTarget = {
  name: 'splits',
  what: 'split lists',
  cases: 3_000,
  megabytes: 200,
  async prepare(folder) {
    const root = join(folder, 'nut');
    for (const [path, bytes] of Object.entries(
      await categoryFiles({ train: 6, good: 4, flawed: 4 }),
    )) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
    const category = await openCategory(root);
    const file = join(folder, 'splits.json');
    await openSplits(file, [category], OPTIONS);
    const bytes = readFileSync(file);
    const document = JSON.parse(bytes.toString()) as unknown;
    return {
      make(random, place) {
        const text =
          random.next() < 0.4
            ? mutateBytes(random, bytes, [bytes])
            : JSON.stringify(mutateDocument(random, document, strangers(place)));
        writeFileSync(join(place.input, 'splits.json'), text);
      },
      async run({ input }) {
        const splits = join(input, 'splits.json');
        await openSplits(splits, [category], OPTIONS);
        const same =
          JSON.stringify(JSON.parse(readFileSync(splits, 'utf8'))) === JSON.stringify(document);
        return same ? undefined : 'changed split lists were taken';
      },
    };
  },
};

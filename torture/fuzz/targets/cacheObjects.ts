import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../src/core/hash.ts';
import { keyOf } from '../../../src/pipeline/jobKey.ts';
import { openCache } from '../../../src/pipeline/openCache.ts';
import { readArtifact } from '../../../src/pipeline/readArtifact.ts';
import { verifyCache } from '../../../src/pipeline/verifyCache.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

const CONTENT = 'numbers of a model';

export const cacheTarget: FuzzTarget = {
  name: 'cache',
  what: "a study's cache: documents and files of results",
  cases: 1_000,
  megabytes: 200,
  async prepare() {
    const inputs = { kind: 'fit', version: 1, options: { seed: 1 }, files: [], upstream: [] };
    const key = keyOf(inputs);
    const files = [{ name: 'model.bin', bytes: CONTENT.length, sha256: sha256(CONTENT) }];
    const document = { key, inputs, measured: { seconds: 1, peakBytes: 1 }, files };
    const text = Buffer.from(JSON.stringify(document));
    return {
      make(random, place) {
        const folder = join(place.input, 'objects', key.slice(0, 2), key);
        mkdirSync(folder, { recursive: true });
        const kind = random.integer(10);
        const changed =
          kind < 3
            ? mutateBytes(random, text, [text])
            : Buffer.from(
                JSON.stringify(
                  kind < 9 ? mutateDocument(random, document, strangers(place)) : document,
                ),
              );
        writeFileSync(join(folder, 'artifact.json'), changed);
        const model = join(folder, 'model.bin');
        if (random.next() < 0.1) symlinkSync(join(place.outside, 'canary'), model);
        else writeFileSync(model, random.next() < 0.8 ? CONTENT : 'other numbers here');
        mkdirSync(join(place.input, 'leases'));
        if (random.next() < 0.2) writeFileSync(join(place.input, 'leases', 'a~1~b.json'), changed);
      },
      async run({ input }) {
        await using cache = await openCache(input);
        await readArtifact(cache, key);
        const damage = await verifyCache(cache);
        const left = await readArtifact(cache, key);
        if (left.state === 'damaged') return 'a damaged result is still there';
        if (left.state !== 'whole')
          return damage.length > 0 ? undefined : 'a result is gone unsaid';
        const content = readFileSync(join(left.artifact.folder, 'model.bin'), 'utf8');
        const listed = left.artifact.files.some(({ name }) => name === 'model.bin');
        return listed && content !== CONTENT ? 'other content passes as whole' : undefined;
      },
    };
  },
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSafetensors } from '../../../src/backbone/safetensors.ts';
import {
  safetensorsBytes,
  safetensorsFile,
  storedFloats,
} from '../../../test/support/safetensorsFile.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

export const safetensorsTarget: FuzzTarget = {
  name: 'safetensors',
  what: 'safetensors files',
  cases: 18_000,
  megabytes: 200,
  async prepare() {
    const floats = Float32Array.from({ length: 24 }, (_, i) => i / 7);
    const tensors = {
      'conv1.weight': storedFloats(floats, [2, 3, 2, 2]),
      'bn1.num_batches_tracked': { dtype: 'I64', shape: [], bytes: new Uint8Array(8) },
      'fc.weight': { dtype: 'F16', shape: [4, 2], bytes: new Uint8Array(16).fill(60) },
      'layer1.0.bn1.bias': { dtype: 'BF16', shape: [0], bytes: new Uint8Array(0) },
    };
    const whole = safetensorsFile(tensors);
    const headerLength = Number(whole.readBigUInt64LE());
    const header = JSON.parse(whole.toString('utf8', 8, 8 + headerLength));
    const data = whole.subarray(8 + headerLength);
    return {
      make(random, place) {
        const bytes =
          random.next() < 0.4
            ? mutateBytes(random, whole, [whole])
            : safetensorsBytes(
                JSON.stringify(mutateDocument(random, header, strangers(place))),
                random.next() < 0.8 ? data : mutateBytes(random, data, [whole]),
              );
        writeFileSync(join(place.input, 'weights.safetensors'), bytes);
      },
      async run({ input }) {
        const file = await openSafetensors(join(input, 'weights.safetensors'));
        for (const name of [...file.tensors.keys()].slice(0, 8)) {
          const { data, dims } = await file.float32(name);
          const count = dims.reduce((product, size) => product * size, 1);
          if (data.length !== count) return `${name} has ${data.length} numbers of ${count}`;
        }
        return undefined;
      },
    };
  },
};

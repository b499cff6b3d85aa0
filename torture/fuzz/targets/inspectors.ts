import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKSUM_BYTES } from '../../../src/detector/inspector/checksum.ts';
import { openInspector } from '../../../src/detector/inspector/inspector.ts';
import { categoryFiles, photograph } from '../../../test/support/photographs.ts';
import { quickFit } from '../../../test/support/quickFit.ts';
import { hostileModel } from '../hostileModels.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../target.ts';

export const inspectorTarget: FuzzTarget = {
  name: 'inspectors',
  what: 'inspector files, opened and run: bytes, operators, external data, sizes that lie',
  cases: 1_500,
  megabytes: 700,
  async prepare(folder) {
    const data = join(folder, 'data');
    for (const [path, bytes] of Object.entries(await categoryFiles({ train: 8 }))) {
      mkdirSync(dirname(join(data, path)), { recursive: true });
      writeFileSync(join(data, path), bytes);
    }
    const output = join(folder, 'whole.onnx');
    await quickFit({ data, output });
    // Whoever changes a file on purpose leaves its checksum out.
    const whole = readFileSync(output).subarray(0, -CHECKSUM_BYTES);
    const image = photograph({ seed: 77 });
    return {
      make(random, place) {
        const hostile = random.next() < 0.4;
        const bytes = hostile
          ? hostileModel(random, place, whole)
          : mutateBytes(random, whole, [whole.subarray(0, 4000)]);
        writeFileSync(join(place.input, hostile ? 'hostile.onnx' : 'model.onnx'), bytes);
      },
      async run({ input }) {
        const path = ['hostile', 'model']
          .map((name) => join(input, `${name}.onnx`))
          .find((one) => readable(one))!;
        await using inspector = await openInspector(path);
        const { score } = await inspector.inspect(image);
        if (path.includes('hostile')) return `a hostile model was run, score ${score}`;
        return undefined;
      },
    };
  },
};

function readable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

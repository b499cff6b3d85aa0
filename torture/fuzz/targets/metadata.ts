import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInspectorMetadata } from '../../../src/detector/inspector/inspector.ts';
import { METADATA_KEY, THUMBNAILS_KEY } from '../../../src/detector/inspector/metadataKeys.ts';
import { encodeMetadata, encodeModel } from '../../../src/tensor/onnx/protoParts.ts';
import { INSPECTOR_METADATA } from '../../../test/support/inspectorMetadata.ts';
import { onnxModel, onnxNode } from '../../../test/support/onnxModel.ts';
import { mutateBytes, mutateDocument } from '../mutate.ts';
import { strangers } from '../strangers.ts';
import type { FuzzTarget } from '../target.ts';

export const metadataTarget: FuzzTarget = {
  name: 'metadata',
  what: "inspector files' metadata",
  cases: 4_000,
  megabytes: 200,
  async prepare() {
    const graph = encodeModel(onnxModel({ opset: 18, nodes: [onnxNode('Relu', ['x'], ['y'])] }));
    const fileWith = (metadata: string) =>
      Buffer.concat([graph, encodeMetadata({ [METADATA_KEY]: metadata, [THUMBNAILS_KEY]: '[]' })]);
    const whole = fileWith(JSON.stringify(INSPECTOR_METADATA));
    return {
      make(random, place) {
        const document = () => mutateDocument(random, INSPECTOR_METADATA, strangers(place));
        const bytes = () => {
          if (random.next() < 0.4) return mutateBytes(random, whole, [whole]);
          // Many small fields: a file that is walked over for long.
          if (random.integer(300) === 0)
            return Buffer.concat([graph, Buffer.alloc(4e6, '\x08\x01')]);
          return fileWith(JSON.stringify(document()));
        };
        writeFileSync(join(place.input, 'model.onnx'), bytes());
      },
      async run({ input }) {
        await readInspectorMetadata(join(input, 'model.onnx'));
        return undefined;
      },
    };
  },
};

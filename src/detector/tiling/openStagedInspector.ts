/** An inspector run step by step, whether it looks at photographs as a whole or in tiles. */
import { readFile } from 'node:fs/promises';
import type { RgbImage } from '../../image/image.ts';
import type { ModelProto } from '../../tensor/proto/onnx_pb.ts';
import { decodeModel } from '../../tensor/protoParts.ts';
import type { SessionOptions } from '../../tensor/session.ts';
import type { Steps } from '../inspector/buildInspector.ts';
import { distancesOf, readInspectorMetadata } from '../inspector/inspector.ts';
import type { InspectorMetadata } from '../inspector/metadata.ts';
import { requireIntactBytes } from '../inspector/requireIntact.ts';
import {
  type StagedInspection,
  type StagedInspector,
  type StageOptions,
  stageInspector,
} from '../inspector/stageInspector.ts';
import { stageTiledInspector } from './stageTiledInspector.ts';

export interface OpenStagedInspector extends AsyncDisposable {
  readonly metadata: InspectorMetadata;
  inspect(image: RgbImage): Promise<Omit<StagedInspection, 'distance'>>;
}

/** As `openInspector`, run step by step. */
export async function openStagedInspector(
  path: string,
  options: SessionOptions = {},
): Promise<OpenStagedInspector> {
  const metadata = await readInspectorMetadata(path);
  const bytes = await readFile(path);
  requireIntactBytes(bytes, path);
  const model = decodeModel(bytes, path);
  const { steps, tiling } = metadata;
  const staged = await stageAsSeen(model, steps, tiling, options);
  return {
    ...staged,
    metadata,
    async inspect(image) {
      const { distance, ...inspection } = await staged.inspect(image);
      return { ...inspection, distances: distancesOf(distance, metadata) };
    },
  };
}

/** @param tiling of an inspector that looks at photographs tile by tile */
export async function stageAsSeen(
  model: ModelProto,
  steps: Steps,
  tiling: InspectorMetadata['tiling'],
  { apart, ...options }: StageOptions = {},
): Promise<StagedInspector> {
  return tiling === undefined
    ? stageInspector(model, steps, { ...options, ...(apart && { apart }) })
    : stageTiledInspector(model, steps, tiling, options);
}

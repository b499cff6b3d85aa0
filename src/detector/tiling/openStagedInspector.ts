/** An inspector run step by step, whether it looks at photographs as a whole or in tiles. */
import type { RgbImage } from '../../image/image.ts';
import type { SessionOptions } from '../../tensor/session/session.ts';
import type { Steps } from '../inspector/buildInspector.ts';
import { distancesOf, readInspectorMetadata } from '../inspector/inspector.ts';
import type { InspectorMetadata } from '../inspector/metadata.ts';
import { requireIntact } from '../inspector/requireIntact.ts';
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

/** As `openInspector`, run step by step. The file must stay as it is until the end. */
export async function openStagedInspector(
  path: string,
  options: SessionOptions = {},
): Promise<OpenStagedInspector> {
  const metadata = await readInspectorMetadata(path);
  await requireIntact(path);
  const { steps, tiling } = metadata;
  const staged = await stageAsSeen(path, steps, tiling, options);
  return {
    ...staged,
    metadata,
    async inspect(image) {
      const { distance, ...inspection } = await staged.inspect(image);
      return { ...inspection, distances: distancesOf(distance, metadata) };
    },
  };
}

/**
 * @param path of its file, or of its graph
 * @param tiling of an inspector that looks at photographs tile by tile
 */
export async function stageAsSeen(
  path: string,
  steps: Steps,
  tiling: InspectorMetadata['tiling'],
  { apart, ...options }: StageOptions = {},
): Promise<StagedInspector> {
  return tiling === undefined
    ? stageInspector(path, steps, { ...options, ...(apart && { apart }) })
    : stageTiledInspector(path, steps, tiling, options);
}

/** How a fit sees photographs: as a whole, or in tiles. */
import type { RunControl } from '../../../core/progress.ts';
import type { Sample } from '../../../data/dataset.ts';
import type { Embedder, InspectorGraph } from '../../../detector/inspector/buildInspector.ts';
import type { DetectorMetadata, InspectorMetadata } from '../../../detector/inspector/metadata.ts';
import type { Preprocessing } from '../../../detector/preprocess.ts';
import type { Region } from '../../../detector/region.ts';
import type { RgbImage } from '../../../image/image.ts';
import type { ImageSize } from '../../../image/imageSize.ts';
import type { Learner, Learnt } from '../learner.ts';

export interface Seen {
  readonly sample: Sample;
  readonly image: RgbImage;
  /** SHA-256 of the file. */
  readonly sha256: string;
}

export interface FitView {
  /** Of an image, or of a tile. */
  readonly embedder: Embedder;
  /** What a learner is shown: so many embeddings, all of one size. */
  readonly pieces: { readonly count: number; readonly embedder: Omit<Embedder, 'model'> };
  /** The first training image's. */
  readonly mapSize: ImageSize;
  readonly preprocessing: Preprocessing;
  /** Shows the learner all training images, each read once, in order. */
  learn(
    learner: Pick<Learner, 'learn'>,
    step: string,
    control: RunControl,
  ): AsyncGenerator<Seen, void>;
  build(learnt: Learnt, region: Region | undefined): Promise<InspectorGraph>;
  /** What was learnt, in terms of images instead of pieces. */
  describe(learnt: Learnt): DetectorMetadata;
  /** What the file says of it. */
  tiling(graph: InspectorGraph): InspectorMetadata['tiling'];
}

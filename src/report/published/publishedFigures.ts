/**
 * Figures that others have published for MVTec AD, category by category, each copied from its
 * source. What could not be looked up at the source is not here.
 */
import type { Method } from '../../result/scenario.ts';

/** In this order in every list below. */
export const MVTEC_AD_CATEGORIES = [
  ...['carpet', 'grid', 'leather', 'tile', 'wood', 'bottle', 'cable', 'capsule', 'hazelnut'],
  ...['metal_nut', 'pill', 'screw', 'toothbrush', 'transistor', 'zipper'],
] as const;

/** Images of the data set: Bergmann et al., CVPR 2019, table 1. Training, test good, test defective. */
export const MVTEC_AD_IMAGES: readonly (readonly [number, number, number])[] = [
  ...([
    [280, 28, 89],
    [264, 21, 57],
    [245, 32, 92],
    [230, 33, 84],
    [247, 19, 60],
  ] as const),
  ...([
    [209, 20, 63],
    [224, 58, 92],
    [219, 23, 109],
    [391, 40, 70],
    [220, 22, 93],
  ] as const),
  ...([
    [267, 26, 141],
    [320, 41, 119],
    [60, 12, 30],
    [213, 60, 40],
    [240, 32, 119],
  ] as const),
];

export interface PublishedSource {
  /** For the head of a column. */
  readonly name: string;
  /** Where the figures stand, and how they were made as far as the source says it. */
  readonly source: string;
  readonly method: Method;
  readonly imageAuroc: readonly number[];
  readonly pixelAuroc: readonly number[];
  /** Over the anomalous images; null where the source has none. */
  readonly pro: readonly number[] | null;
}

/** Of github.com/amazon-science/patchcore-inspection, rounded to four digits. */
const PATCHCORE_AUTHORS: PublishedSource = {
  name: 'authors, WideResNet-50',
  source:
    "PatchCore's authors: results.csv of the model IM224_WR50_L2-3_P01_D1024-1024_PS-3_AN-1 in github.com/amazon-science/patchcore-inspection (WideResNet-50, images resized to 256 and cropped to 224, 10% coreset, one seed)",
  method: 'patchcore',
  imageAuroc: [
    ...[0.986, 0.9791, 1, 0.9949, 0.9912, 1, 0.9968, 0.9793, 1],
    ...[0.999, 0.9667, 0.9877, 1, 0.9987, 0.995],
  ],
  pixelAuroc: [
    ...[0.9905, 0.988, 0.9929, 0.9571, 0.9508, 0.9848, 0.9841, 0.9895, 0.9868],
    ...[0.9834, 0.978, 0.9952, 0.9857, 0.961, 0.9887],
  ],
  pro: [
    ...[0.9695, 0.9695, 0.9918, 0.8985, 0.9021, 0.9714, 0.9377, 0.9708, 0.9289],
    ...[0.9282, 0.9436, 0.985, 0.9477, 0.8324, 0.9777],
  ],
};

const ANOMALIB = (model: string) =>
  `anomalib: README.md of src/anomalib/models/image/${model} in github.com/openvinotoolkit/anomalib (seed 42)`;

const ANOMALIB_PATCHCORE_WIDE: PublishedSource = {
  name: 'anomalib, WideResNet-50',
  source: ANOMALIB('patchcore'),
  method: 'patchcore',
  imageAuroc: [
    ...[0.984, 0.959, 1, 1, 0.989, 1, 0.99, 0.982, 1],
    ...[0.994, 0.924, 0.96, 0.933, 1, 0.982],
  ],
  pixelAuroc: [
    ...[0.988, 0.968, 0.991, 0.961, 0.934, 0.984, 0.988, 0.988, 0.987],
    ...[0.989, 0.98, 0.989, 0.988, 0.981, 0.983],
  ],
  pro: null,
};

const ANOMALIB_PATCHCORE_SMALL: PublishedSource = {
  name: 'anomalib, ResNet-18',
  source: ANOMALIB('patchcore'),
  method: 'patchcore',
  imageAuroc: [
    ...[0.97, 0.947, 1, 0.997, 0.997, 1, 0.986, 0.965, 1],
    ...[0.991, 0.916, 0.943, 0.931, 0.996, 0.953],
  ],
  pixelAuroc: [
    ...[0.986, 0.955, 0.99, 0.943, 0.933, 0.981, 0.984, 0.986, 0.986],
    ...[0.986, 0.974, 0.991, 0.988, 0.974, 0.983],
  ],
  pro: null,
};

const ANOMALIB_PADIM_WIDE: PublishedSource = {
  name: 'anomalib, WideResNet-50',
  source: ANOMALIB('padim'),
  method: 'padim',
  imageAuroc: [
    ...[0.995, 0.942, 1, 0.974, 0.993, 0.999, 0.878, 0.927, 0.964],
    ...[0.989, 0.939, 0.845, 0.942, 0.976, 0.882],
  ],
  pixelAuroc: [
    ...[0.991, 0.97, 0.993, 0.955, 0.957, 0.985, 0.97, 0.988, 0.985],
    ...[0.982, 0.966, 0.988, 0.991, 0.976, 0.986],
  ],
  pro: null,
};

const ANOMALIB_PADIM_SMALL: PublishedSource = {
  name: 'anomalib, ResNet-18',
  source: ANOMALIB('padim'),
  method: 'padim',
  imageAuroc: [
    ...[0.945, 0.857, 0.982, 0.95, 0.976, 0.994, 0.844, 0.901, 0.75],
    ...[0.961, 0.863, 0.759, 0.889, 0.92, 0.78],
  ],
  pixelAuroc: [
    ...[0.984, 0.918, 0.994, 0.934, 0.947, 0.983, 0.965, 0.984, 0.978],
    ...[0.97, 0.957, 0.978, 0.988, 0.968, 0.979],
  ],
  pro: null,
};

export const PUBLISHED: readonly PublishedSource[] = [
  PATCHCORE_AUTHORS,
  ANOMALIB_PATCHCORE_WIDE,
  ANOMALIB_PATCHCORE_SMALL,
  ANOMALIB_PADIM_WIDE,
  ANOMALIB_PADIM_SMALL,
];

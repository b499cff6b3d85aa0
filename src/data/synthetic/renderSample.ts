/** One picture of the synthetic data set: computed, never looked up. */
import { inputError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import { createRandom } from '../../core/random.ts';
import type { Mask, RgbImage } from '../../image/image.ts';
import type { Phase } from '../dataset.ts';
import { drawLight, photograph } from './camera.ts';
import { createCanvas, shrink } from './canvas.ts';
import { carpet } from './carpet.ts';
import { differenceMask } from './defectMask.ts';
import { hazelnut } from './hazelnut.ts';
import type { Product } from './product.ts';
import { zipper } from './zipper.ts';

const PRODUCTS = { hazelnut, carpet, zipper };

export type SyntheticCategory = keyof typeof PRODUCTS;

export const SYNTHETIC_CATEGORIES = Object.keys(PRODUCTS) as readonly SyntheticCategory[];

/** The defects a category is made with; the folder names of MVTec AD. */
export function syntheticDefectTypes(category: SyntheticCategory): readonly string[] {
  return PRODUCTS[category].defectTypes;
}

export interface SampleRequest {
  readonly category: SyntheticCategory;
  readonly seed: number;
  /** Width and height in pixels, 64 to 4096. */
  readonly size: number;
  readonly phase: Phase;
  /** `good`, or one of the category's defect types. */
  readonly defectType: string;
  readonly index: number;
}

export interface RenderedSample {
  readonly image: RgbImage;
  /** Present where the sample is defective; never empty. */
  readonly mask?: Mask;
}

/**
 * Renders a picture and, for a defective one, its exact mask. The result depends on nothing but
 * the request: picture 7 is the same in a set of ten as in a set of a thousand.
 * @throws FlawmapError (input) when the category has no such defect type
 */
export function renderSample(request: SampleRequest): RenderedSample {
  const image = renderScene(request, true);
  if (request.defectType === 'good') return { image };
  return { image, mask: differenceMask(renderScene(request, false), image) };
}

/** The requested picture, or with `defective` false the same picture without its defect. */
export function renderScene(request: SampleRequest, defective: boolean): RgbImage {
  const { category, seed, size, phase, defectType, index } = request;
  const product: Product = PRODUCTS[category];
  if (defectType !== 'good' && !product.defectTypes.includes(defectType)) {
    throw unknownDefect(category, defectType);
  }
  const random = createRandom(seed).fork(`${category}/${phase}/${defectType}/${index}`);
  const factor = size < SHARP_SIZE ? 2 : 1;
  const canvas = createCanvas(size * factor);
  const defect = defective && defectType !== 'good' ? defectType : undefined;
  product.paint(canvas, random.fork('scene'), defect);
  const light = drawLight(random.fork('light'), product.light);
  return photograph(shrink(canvas, factor), light, random.fork('sensor'));
}

/** Smaller pictures are painted at twice their size, so that fine texture does not alias. */
const SHARP_SIZE = 512;

function unknownDefect(category: SyntheticCategory, defectType: string) {
  const known = syntheticDefectTypes(category);
  const guess = nearestName(defectType, known);
  return inputError({
    what: `the synthetic ${category} has no defect "${defectType}"`,
    expected: ['good', ...known].join(', '),
    remedy: guess === undefined ? 'choose one of these' : `did you mean "${guess}"?`,
  });
}

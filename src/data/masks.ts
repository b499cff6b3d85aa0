/**
 * Finds each defective image's mask in the MVTec AD layout: `ground_truth/DEFECT/STEM_mask.EXT`, or
 * `STEM.EXT` as other data sets name them.
 */
import type { ImageFile, ImageFolder } from './imageFolder.ts';
import type { Problem } from './problem.ts';

export interface MaskMatch {
  /** Mask path by the image's stem; images without a mask are absent. */
  readonly byStem: ReadonlyMap<string, string>;
  /** Images with two masks, masks without an image, broken links. */
  readonly problems: readonly Problem[];
}

/** @param masks the folder `ground_truth/DEFECT` as read */
export function matchMasks(images: readonly ImageFile[], masks: ImageFolder): MaskMatch {
  const candidates = new Map(masks.images.map((mask) => [mask.stem, mask]));
  const byStem = new Map<string, string>();
  const used = new Set<ImageFile>();
  const problems: Problem[] = [...masks.problems];
  for (const image of images) {
    const suffixed = candidates.get(`${image.stem}_mask`);
    const plain = candidates.get(image.stem);
    if (suffixed && plain) problems.push(ambiguousMask(image, suffixed, plain));
    const mask = suffixed ?? plain;
    if (mask) byStem.set(image.stem, mask.path);
    for (const found of [suffixed, plain]) if (found) used.add(found);
  }
  for (const mask of masks.images) if (!used.has(mask)) problems.push(maskWithoutImage(mask));
  return { byStem, problems };
}

/** A mask in `ground_truth/good` says that a normal image has a flaw. */
export function maskForGoodImage(mask: ImageFile): Problem {
  return {
    kind: 'mask-for-good-image',
    severity: 'error',
    path: mask.path,
    message: `${mask.path} is a mask for a good image`,
    remedy: 'remove it, or move the image and its mask to the folders of their defect',
  };
}

function ambiguousMask(image: ImageFile, first: ImageFile, second: ImageFile): Problem {
  return {
    kind: 'ambiguous-mask',
    severity: 'error',
    path: image.path,
    message: `${image.path} has two masks: ${first.name} and ${second.name}`,
    remedy: 'remove the wrong one',
    others: [first.path, second.path],
  };
}

function maskWithoutImage(mask: ImageFile): Problem {
  return {
    kind: 'mask-without-image',
    severity: 'warning',
    path: mask.path,
    message: `${mask.path} belongs to no image`,
    remedy: 'bring the image back, rename the mask to IMAGE_mask, or remove it',
  };
}

/** What an import could not take as it was, and what its owner can do about it. */

export type RemarkKind = keyof typeof REMARKS;

/** Of one file. */
export interface Remark {
  readonly kind: RemarkKind;
  /** Absolute path, with what is meant in the file after a colon where that is needed. */
  readonly file: string;
}

/** All remarks of one kind. */
export interface ImportWarning {
  readonly kind: RemarkKind;
  readonly message: string;
  readonly remedy: string;
  readonly files: readonly string[];
}

const REMARKS = {
  'image-without-annotation': {
    what: 'nothing says whether these images are normal; left out',
    remedy: 'annotate them, or move normal ones into a folder named good',
  },
  'annotation-without-image': {
    what: 'these annotations and masks belong to no image; left out',
    remedy: 'bring the images back, or remove what is left of them',
  },
  'sizes-differ': {
    what: 'the mask or annotation was made for another size than the image has; imported without it',
    remedy: 'annotate the image at its own size, or bring back the size it was annotated at',
  },
  'no-mask': {
    what: 'these defective images have no mask; they have no pixel metrics',
    remedy: 'draw their masks, if these metrics are wanted',
  },
  'empty-mask': {
    what: 'the mask of these defective images marks nothing; imported without it',
    remedy: 'draw the defect, or move the image to the normal ones',
  },
  'unknown-shape': {
    what: 'shapes that enclose no area are not drawn',
    remedy: 'draw them as polygon, rectangle or circle',
  },
  'defect-in-training': {
    what: 'defective images of the training part; left out, as a detector learns from normal images alone',
    remedy: 'use them as labelled images to calibrate on (`flawmap fit --calibrate`)',
  },
  'layout-problem': {
    what: 'not as the layout wants it',
    remedy: '`flawmap dataset verify` on the source says more',
  },
  'no-normal-images': {
    what: 'there are no normal images to learn from',
    remedy: 'put photographs of good products into train/good of the category',
  },
} as const;

/** One warning for each kind, in the order of the table. */
export function warningsOf(remarks: readonly Remark[]): ImportWarning[] {
  return (Object.keys(REMARKS) as RemarkKind[]).flatMap((kind) => {
    const files = remarks.filter((remark) => remark.kind === kind).map(({ file }) => file);
    const { what, remedy } = REMARKS[kind];
    const message = `${what}: ${files.length === 1 ? files[0] : `${files.length} files`}`;
    return files.length === 0 ? [] : [{ kind, message, remedy, files }];
  });
}

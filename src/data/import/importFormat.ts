/** What the readers of other layouts have in common: images found, what to tell, how to look. */
import type { RunControl } from '../../core/progress.ts';
import type { Mask } from '../../image/image.ts';
import type { ImageSize } from '../../image/imageSize.ts';
import type { Remark } from './remarks.ts';

export const IMPORT_FORMATS = [
  'kolektorsdd',
  'visa',
  'btad',
  'coco',
  'labelme',
  'mpdd',
  'mvtec',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export interface FoundImage {
  /** Absolute path. */
  readonly path: string;
  /** Names as the source has them: they become folders only through `safeName`. */
  readonly category: string;
  /** Undefined where the source does not part its images. */
  readonly phase: 'train' | 'test' | undefined;
  /** `good` for normal images. */
  readonly defectType: string;
  /** The file's new name without its extension. */
  readonly stem: string;
  /** Images of one piece, which stay together when the source is parted; default: each alone. */
  readonly group?: string;
  readonly mask?: FoundMask;
}

export interface FoundMask {
  /** The file that says so: a mask, or annotations. Absolute path. */
  readonly source: string;
  /** The image's size as the source states it, where it does. */
  readonly statedSize?: ImageSize;
  /** @param size of the image; the mask has its own where it is a file */
  read(size: ImageSize): Promise<Mask>;
}

export interface FoundImages {
  readonly images: readonly FoundImage[];
  readonly remarks: readonly Remark[];
}

export interface ImportReader {
  /** What the layout looks like, for whoever has another one. */
  readonly expects: string;
  /**
   * Why the folder seems to be of this layout; undefined: it does not.
   * @param root absolute path
   */
  recognise(root: string): Promise<string | undefined>;
  /**
   * @param root absolute path
   * @throws FlawmapError for annotations that cannot be read, and names that lead out of the folder
   */
  read(root: string, control: RunControl): Promise<FoundImages>;
}

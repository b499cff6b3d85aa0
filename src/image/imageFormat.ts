/**
 * Recognises image files: by name for listing folders, by their first bytes for decoding. Without
 * Node.js, for pages.
 */

export type ImageFormat = 'png' | 'jpeg' | 'tiff' | 'webp' | 'bmp' | 'gif' | 'avif';

/** What error messages say can be read. */
export const READABLE_FORMATS = 'PNG, JPEG, TIFF, WebP, BMP, GIF or AVIF';

/** Extensions of the files we read, lower case, with the dot. */
export const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.tif',
  '.tiff',
  '.webp',
  '.bmp',
  '.gif',
  '.avif',
]);

/**
 * Whether a file name (or path) is an image's, by its extension in any case. Hidden files are
 * not: `._000.png` is what macOS leaves beside a photograph, not a photograph.
 */
export function isImageFile(name: string): boolean {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const extension = base.slice(Math.max(base.lastIndexOf('.'), 0));
  return !base.startsWith('.') && IMAGE_EXTENSIONS.has(extension.toLowerCase());
}

const SIGNATURES: readonly (readonly [ImageFormat, RegExp])[] = [
  ['png', /^\x89PNG/],
  ['jpeg', /^\xff\xd8\xff/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['gif', /^GIF8/],
  ['avif', /^.{4}ftyp(avif|avis|mif1)/s],
  // A bitmap starts with `BM`, as any text may; its two reserved words are zero.
  ['bmp', /^BM.{4}\0{4}/s],
];

/** The format that the first bytes announce; the file's name does not matter. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}

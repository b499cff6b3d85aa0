/** Under what an inspector file's own entries stand among its metadata. */

/** What it says of itself: the JSON document of `metadata.ts`. */
export const METADATA_KEY = 'flawmap';
/** Of the training images: JPEGs in base64, a JSON list. */
export const THUMBNAILS_KEY = 'flawmap.thumbnails';

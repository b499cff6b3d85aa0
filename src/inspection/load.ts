/** `load`: one inspector, opened once, for as many photographs as there are. */
import { inputError } from '../core/error.ts';
import type { InspectorMetadata } from '../detector/inspector/metadata.ts';
import { decodeImage, decodeImageBytes } from '../image/decodeImage.ts';
import type { RgbImage } from '../image/image.ts';
import type { SessionOptions } from '../tensor/session/session.ts';
import { createImageJudge, type InspectedImage, type InspectOptions } from './judge/imageJudge.ts';
import type { LookOptions } from './look/look.ts';
import { openLookingInspector } from './look/openLookingInspector.ts';

export interface LoadOptions extends InspectOptions, LookOptions {
  /** Threads for one run; default: all cores, or as many as `$FLAWMAP_THREADS` says. */
  readonly threads?: number;
}

/** A photograph as a file's path, as the bytes of a file, or as pixels. */
export type ImageSource = string | Uint8Array | RgbImage;

export interface LoadedInspector extends AsyncDisposable {
  /** How the model was made, its thresholds and what they promise. */
  readonly metadata: InspectorMetadata;
  /**
   * Scores and judges one photograph. Calls may overlap; they run one after the other.
   * @throws FlawmapError for an image that cannot be read or judged, naming it
   */
  inspect(image: ImageSource): Promise<InspectedImage>;
  /** Frees the model; also done by `await using`. */
  close(): Promise<void>;
}

/**
 * Opens an inspector file.
 *
 * ```ts
 * await using inspector = await load('bottle.onnx');
 * const { verdict, reason, boxes } = await inspector.inspect('photos/0001.png');
 * ```
 * @param model path of a file that `fit` has written
 * @throws FlawmapError (input) when the file is missing, cut short or no inspector
 */
export async function load(model: string, options: LoadOptions = {}): Promise<LoadedInspector> {
  const { threads } = options;
  const session: SessionOptions = threads === undefined ? {} : { threads };
  const inspector = await openLookingInspector(model, options, session);
  const judge = createImageJudge(inspector.metadata, options);
  let last: Promise<unknown> = Promise.resolve();
  const close = async () => inspector[Symbol.asyncDispose]();
  return {
    metadata: inspector.metadata,
    async inspect(source) {
      const image = await pixelsOf(source);
      const name = typeof source === 'string' ? source : 'the image';
      const scored = last.then(() => inspector.inspect(image, name));
      last = scored.catch(() => undefined);
      return judge(image, await scored, name);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function pixelsOf(source: ImageSource): Promise<RgbImage> {
  if (typeof source === 'string') return decodeImage(source);
  if (source instanceof Uint8Array) return decodeImageBytes(source, 'the image');
  const { width, height, data } = source;
  if (data.length === width * height * 3) return source;
  throw inputError({
    what: 'the pixels of an image do not fit its size',
    expected: `${width} x ${height} x 3 bytes: red, green, blue of each pixel, row by row`,
    found: `${data.length} bytes`,
    remedy: 'leave out alpha, and give 8 bits a channel',
  });
}

/** Runs an inspector file in a page, by an onnxruntime-web that the page brings along. */
import { internalError } from '../core/error.ts';
import { CHECKSUM_BYTES, requireChecksum, statedChecksum } from '../detector/inspector/checksum.ts';
import { type InspectorMetadata, parseMetadata } from '../detector/inspector/metadata.ts';
import { METADATA_KEY } from '../detector/inspector/metadataKeys.ts';
import { parseThumbnails } from '../detector/inspector/thumbnails.ts';
import type { RgbImage } from '../image/image.ts';
import {
  createImageJudge,
  type InspectedImage,
  type InspectOptions,
} from '../inspection/judge/imageJudge.ts';
import { crc32 } from './crc32.ts';
import { searchOutputs } from './exposeSearch.ts';
import { metadataOfBytes } from './metadataOfBytes.ts';
import type { NearestRows } from './nearestPatches.ts';

/** What is used of a tensor of onnxruntime-web. */
export interface WebTensor {
  readonly dims: readonly number[];
  readonly data: unknown;
}

/** What is used of a session of onnxruntime-web; made of the same bytes. */
export interface WebSession<T extends WebTensor = WebTensor> {
  run(feeds: Readonly<Record<string, T>>): Promise<Readonly<Record<string, WebTensor>>>;
  release(): Promise<void>;
}

export interface BrowserOptions<T extends WebTensor> extends InspectOptions {
  readonly session: WebSession<T>;
  /** `(data, dims) => new ort.Tensor('uint8', data, dims)` */
  createTensor(data: Uint8Array, dims: readonly number[]): T;
  /** What messages call the model. */
  readonly name?: string;
}

/** An inspector file without its graph. */
export interface InspectorFile {
  readonly metadata: InspectorMetadata;
  /** JPEGs of the training images in base64, in the order of `training`; empty where left out. */
  readonly thumbnails: readonly string[];
}

export interface InspectedInBrowser extends InspectedImage {
  /** Of PatchCore, where the session was made of the file and what `exposeSearch` adds. */
  readonly nearest?: NearestRows;
}

export interface BrowserInspector extends InspectorFile {
  /**
   * Calls may overlap; they run one after the other.
   * @param name what messages call the image
   */
  inspect(image: RgbImage, name?: string): Promise<InspectedInBrowser>;
  close(): Promise<void>;
}

/**
 * What a file says of itself.
 * @throws FlawmapError (input) when the bytes are no inspector, or not as they were written
 */
export function readInspectorBytes(model: Uint8Array, name: string): InspectorFile {
  const texts = metadataOfBytes(model, name);
  const metadata = parseMetadata(texts.get(METADATA_KEY), name);
  const stated = statedChecksum(model);
  if (stated !== undefined) {
    requireChecksum(stated, crc32(model.subarray(0, -CHECKSUM_BYTES)), name);
  }
  return { metadata, thumbnails: parseThumbnails(texts, name) };
}

/**
 * ```ts
 * const bytes = new Uint8Array(await (await fetch('bottle.onnx')).arrayBuffer());
 * const session = await ort.InferenceSession.create(bytes);
 * const createTensor = (data, dims) => new ort.Tensor('uint8', data, dims);
 * const inspector = loadInBrowser(bytes, { session, createTensor });
 * const { verdict, boxes } = await inspector.inspect(rgbOfCanvas(context.getImageData(0, 0, w, h)));
 * ```
 * @param model the bytes of a file that `fit` has written
 * @throws FlawmapError (input) when they are no inspector
 */
export function loadInBrowser<T extends WebTensor>(
  model: Uint8Array,
  { session, createTensor, name = 'the model', ...options }: BrowserOptions<T>,
): BrowserInspector {
  const file = readInspectorBytes(model, name);
  const judge = createImageJudge(file.metadata, options);
  const search = searchOutputs(file.metadata);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...file,
    async inspect(image, called = 'the image') {
      const { width, height, data } = image;
      const run = last.then(() =>
        session.run({ image: createTensor(data, [1, height, width, 3]) }),
      );
      last = run.catch(() => undefined);
      const outputs = await run;
      const nearest = search && nearestOf(outputs[search.distance], outputs[search.index]);
      return { ...judge(image, scoredOf(outputs), called), ...(nearest && { nearest }) };
    },
    close: () => session.release(),
  };
}

function scoredOf({ anomaly_map: map, pred_score: score }: Readonly<Record<string, WebTensor>>) {
  const isWhole = map?.data instanceof Float32Array && score?.data instanceof Float32Array;
  if (!isWhole) throw internalError({ what: 'the inspector gave no anomaly_map or no pred_score' });
  const [, , height, width] = map.dims as [number, number, number, number];
  return {
    score: (score.data as Float32Array)[0]!,
    map: { width, height, data: map.data as Float32Array },
  };
}

function nearestOf(
  distance: WebTensor | undefined,
  index: WebTensor | undefined,
): NearestRows | undefined {
  const isWhole = distance?.data instanceof Float32Array && index?.data instanceof BigInt64Array;
  if (!isWhole) return undefined;
  const row = Int32Array.from(index.data as BigInt64Array, Number);
  return { distance: distance.data as Float32Array, row };
}

/** The pixels of a canvas (`ImageData`) without alpha. */
export function rgbOfCanvas({
  width,
  height,
  data,
}: {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}): RgbImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
  return { width, height, data: rgb };
}

/** Runs an inspector file in a page, by an onnxruntime-web that the page brings along. */
import { internalError } from '../core/error.ts';
import {
  type InspectorMetadata,
  METADATA_KEY,
  parseMetadata,
} from '../detector/inspector/metadata.ts';
import type { RgbImage } from '../image/image.ts';
import {
  createImageJudge,
  type InspectedImage,
  type InspectOptions,
} from '../inspection/imageJudge.ts';
import { metadataOfBytes } from './metadataOfBytes.ts';

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

export interface BrowserInspector {
  readonly metadata: InspectorMetadata;
  /** Calls may overlap; they run one after the other. */
  inspect(image: RgbImage): Promise<InspectedImage>;
  close(): Promise<void>;
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
  const metadata = parseMetadata(metadataOfBytes(model, name).get(METADATA_KEY), name);
  const judge = createImageJudge(metadata, options);
  let last: Promise<unknown> = Promise.resolve();
  return {
    metadata,
    async inspect(image) {
      const { width, height, data } = image;
      const run = last.then(() =>
        session.run({ image: createTensor(data, [1, height, width, 3]) }),
      );
      last = run.catch(() => undefined);
      return judge(image, scoredOf(await run), 'the image');
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
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgb.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
  }
  return { width, height, data: rgb };
}

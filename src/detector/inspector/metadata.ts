/**
 * What an inspector file says about itself, beside its graph: how it was made, of what, which
 * thresholds it judges by and what they promise. One JSON document under the metadata key
 * `flawmap`; thumbnails of the training images lie under a key of their own.
 */
import { z } from 'zod';
import { inputError } from '../../core/error.ts';
import { otherVersion } from '../../core/otherVersion.ts';

export const SCHEMA_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const image = z.object({ id: z.string(), sha256 });
/** Little-endian int32 values in base64. */
const integers = z.string();

const conformal = z.object({
  rule: z.enum(['conformal', 'confident', 'maximum']),
  threshold: z.number(),
  n: z.int(),
  k: z.int(),
  targetFpr: z.number(),
  averageFpr: z.number(),
  upperFpr: z.number(),
  /** Of the n, images set aside as suspicious, which count as above the threshold. */
  setAside: z.int().optional(),
});

const calibration = z.object({
  image: z.discriminatedUnion('rule', [
    conformal,
    z.object({
      rule: z.literal('f1-optimal'),
      threshold: z.number(),
      f1: z.number(),
      prevalence: z.number(),
      conformal,
    }),
  ]),
  pixel: conformal,
  counts: z.object({ normal: z.int(), anomalous: z.int() }),
  statement: z.string(),
});

/** Look and content of an image in numbers. */
const descriptor = z.object({
  /** Mean luminance, 0 to 255 */
  brightness: z.number(),
  /** Standard deviation of the luminance */
  contrast: z.number(),
  /** Variance of the Laplacian */
  sharpness: z.number(),
  /** The mean patch embedding on a few seeded random directions */
  embedding: z.array(z.number()),
});

/** What tells later that light, focus or camera have changed: of the median of 8 x 8 blocks. */
const conditions = z.object({
  /** Mean luminance, 0 to 255 */
  brightness: z.number(),
  /** Standard deviation of the luminance */
  contrast: z.number(),
  /** Mean saturation, 0 to 1 */
  saturation: z.number(),
  /** Variance of the Laplacian */
  sharpness: z.number(),
  /** Standard deviation of the luminance's noise */
  noise: z.number(),
  /** Logarithms of how much brighter it gets over the width and over the height */
  shadingX: z.number(),
  shadingY: z.number(),
  /** And of how much brighter the corners are than the middles of the sides */
  corners: z.number(),
});

const calibrationImage = image.extend({
  label: z.enum(['normal', 'anomalous']),
  defectType: z.string(),
  score: z.number(),
  mapMaximum: z.number(),
  descriptor,
  /** Files of earlier versions have none. */
  conditions: conditions.optional(),
});

const patchcore = z.object({
  method: z.literal('patchcore'),
  score: z.object({ kind: z.enum(['max', 'reweighted', 'topk']), topk: z.number() }),
  bank: z.object({
    rows: z.int(),
    coreset: z.number(),
    /** For each row, an index into `training`. */
    sourceImage: integers,
    /** For each row, its position y * w + x on the patch grid. */
    sourcePatch: integers,
    /**
     * The largest distance of a training patch to its nearest row, in the space where rows are
     * chosen. Files of earlier versions, and of studies, have none.
     */
    coveringRadius: z.number().optional(),
  }),
  search: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('brute') }),
    z.object({
      kind: z.literal('two-bounds'),
      coarse: z.int(),
      fine: z.int(),
      groupRows: z.int(),
      mostSurvivors: z.int(),
      mostCandidates: z.int(),
    }),
    /** Files of earlier versions: bounds of one kind, and of two kinds for fixed numbers of rows. */
    z.object({ kind: z.literal('pruned'), coordinates: z.int(), candidates: z.int() }),
    z.object({
      kind: z.literal('two-level'),
      coarse: z.int(),
      fine: z.int(),
      groupRows: z.int(),
      groups: z.int(),
      survivors: z.int(),
      candidates: z.int(),
      lastCandidates: z.int(),
    }),
  ]),
});

const padim = z.object({
  method: z.literal('padim'),
  /** Indices into the layers' channels laid end to end. */
  channels: z.array(z.int()).readonly(),
  /** Added to the diagonal of every covariance. */
  regulariser: z.number(),
});

export const metadataSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  createdBy: z.string(),
  category: z.string(),
  seed: z.int(),
  detector: z.discriminatedUnion('method', [patchcore, padim]),
  backbone: z.object({
    name: z.string(),
    sha256: sha256.nullable(),
    layers: z.array(z.string()).readonly(),
    standardised: z.boolean(),
  }),
  preprocessing: z.object({ resize: z.int(), crop: z.int() }),
  /**
   * Present: photographs are looked at in tiles of `tile` points and a halo around them, of `shrink`
   * pixels each way. `preprocessing` and `embedding.grid` are of a window and of a tile then, and
   * `map` has the size that the first training image's has; names of `steps` are in the loop's body.
   */
  tiling: z
    .object({
      tile: z.int(),
      halo: z.int(),
      shrink: z.int(),
      /** Names: what the loop gives, and patch distances over the photograph. */
      tiles: z.string(),
      distances: z.string(),
    })
    .optional(),
  embedding: z.object({
    kind: z.enum(['concat', 'paper1024', 'channels']),
    dimension: z.int(),
    grid: z.tuple([z.int(), z.int()]).readonly(),
  }),
  map: z.object({
    upsampling: z.enum(['bilinear', 'nearest']),
    squared: z.boolean(),
    border: z.enum(['reflect', 'symmetric']),
    height: z.int(),
    width: z.int(),
  }),
  /** Which pixels of the map count, as bits in base64: the graph knows. Absent: all do. */
  region: z.string().optional(),
  /** Names of the tensors that each step but the last hands on. */
  steps: z.object({
    resize: z.array(z.string()).readonly(),
    backbone: z.array(z.string()).readonly(),
    search: z.array(z.string()).readonly(),
  }),
  training: z.array(image),
  /** What the file was made from, where it was not fitted: the file it replaced. */
  parent: z.object({ sha256, action: z.enum(['update', 'recalibrate', 'export']) }).optional(),
  /** Of a copy with its weights in half precision: by how much its judgement differs. */
  halfPrecision: z
    .object({
      /** Compared on so many photographs. */
      images: z.int(),
      /** The largest difference of a score, and of a value of a map. */
      scoreDifference: z.number(),
      mapDifference: z.number(),
    })
    .optional(),
  calibration: calibration.extend({
    images: z.array(calibrationImage),
    /** Images offered as normal and found suspicious: neither learnt from nor measured with. */
    setAside: z.array(image.extend({ reason: z.string() })).optional(),
  }),
});

export type InspectorMetadata = z.infer<typeof metadataSchema>;
export type DetectorMetadata = InspectorMetadata['detector'];
export type ImageDescriptor = z.infer<typeof descriptor>;
export type ImagingConditions = z.infer<typeof conditions>;
export type CalibrationImage = z.infer<typeof calibrationImage>;

/** @throws FlawmapError (input) naming the file when it is no inspector, or of another version */
export function parseMetadata(text: string | undefined, file: string): InspectorMetadata {
  const refuse = (found: string, remedy: string) =>
    inputError({
      what: `${file} is not an inspector this version of flawmap can read`,
      expected: `an ONNX file made by \`flawmap fit\`, with metadata of schema version ${SCHEMA_VERSION}`,
      found,
      remedy,
    });
  if (text === undefined) {
    throw refuse('an ONNX model without flawmap metadata', 'make an inspector with `flawmap fit`');
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw refuse('metadata that is not JSON', 'make the inspector again with `flawmap fit`');
  }
  const other = otherVersion(document, SCHEMA_VERSION, 'fit again');
  if (other !== undefined) throw refuse(other.found, other.remedy);
  const parsed = metadataSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw refuse(`metadata with ${where}: ${issue?.message}`, 'make the inspector again');
}

export const encodeIntegers = (values: Int32Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** Without Node.js, for pages. */
export function decodeIntegers(text: string): Int32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(i * 4, true));
}

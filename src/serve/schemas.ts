/**
 * What requests and answers are made of. The same schemas check every request and every answer and
 * describe them in the OpenAPI document, so that document and server cannot differ.
 */
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const problem = z
  .object({
    type: z.string(),
    title: z.string().describe("The status's name"),
    status: z.int(),
    detail: z.string().describe('One sentence: what went wrong'),
    expected: z.string().optional(),
    found: z.string().optional(),
    remedy: z.string().optional().describe('What can be done about it'),
  })
  .meta({ id: 'Problem', description: 'A failure (RFC 9457)' });

const verdict = z.enum(['normal', 'anomalous', 'unsure', 'not judged']).meta({
  id: 'Verdict',
  description:
    'unsure: within the band of the threshold. not judged: unlike the photographs calibrated on',
});

const box = z
  .object({
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    peak: z.number().describe("The map's largest value in it"),
    millimetres: z
      .object({ length: z.number(), area: z.number() })
      .optional()
      .describe('With --mm-per-pixel; area in square millimetres'),
  })
  .meta({ id: 'Box', description: 'A flaw, in pixels of the photograph' });

const band = z
  .object({ low: z.number(), high: z.number() })
  .meta({ id: 'Band', description: 'Where the threshold may lie, with 90% confidence' });

const map = z
  .object({
    width: z.int(),
    height: z.int(),
    maximum: z.number().describe('The value that white stands for in `png`'),
    png: z.base64().optional().describe('Grey, 8 bits: grey / 255 x maximum is the distance'),
    float32: z.base64().optional().describe('Little-endian, row by row'),
  })
  .meta({ id: 'Map', description: 'Patch distances; higher is more anomalous' });

const conditionsChange = z
  .object({
    since: z.iso.datetime().describe('When the first image under other conditions came, probably'),
    at: z.iso.datetime().describe('When the image came that told'),
    descriptor: z.string().describe('What shows it most, such as brightness'),
    moved: z.number().nullable().describe('By how many robust standard deviations'),
    imagesSince: z.int().describe('From the change to now'),
    goodImagesNeeded: z.int().describe('How many a new threshold takes'),
    sentence: z.string().describe("For people, in the server's local time"),
  })
  .meta({
    id: 'ConditionsChange',
    description: 'Light, focus or camera have changed: the threshold no longer holds',
  });

const lineStatus = z
  .object({
    watching: z.boolean().describe('Whether the file can tell a change'),
    reason: z.string().nullable().describe('Why not'),
    images: z.int().describe('Seen so far'),
    reference: z.int().describe('Calibration images they are compared with'),
    martingale: z.number().nullable().describe('The evidence of a change'),
    alarmAt: z.number().describe('The evidence that raises the alarm'),
    falseAlarm: z.number().describe('Probability of ever raising it falsely, at most'),
    goodImagesNeeded: z.int(),
    alarm: conditionsChange.nullable(),
  })
  .meta({ id: 'Conditions', description: 'Whether light, focus and camera are as they were' });

const inspectionFields = {
  id: z.string().describe('What an override refers to'),
  model: z.string(),
  modelSha256: digest.describe('Of the file that judged'),
  imageSha256: digest,
  width: z.int(),
  height: z.int(),
  score: z.number(),
  threshold: z.number(),
  band,
  verdict,
  reason: z.string().describe('One sentence with the numbers'),
  boxes: z.array(box).readonly(),
  map: map.optional(),
  overlay: z.base64().optional().describe('PNG: the photograph with its flaws'),
  conditionsChanged: conditionsChange.nullable(),
  milliseconds: z.number().describe('From the request to the answer'),
  stages: z.object({ queue: z.number(), decode: z.number(), inference: z.number() }),
  journal: digest.optional().describe("Hash of the journal's line, with --journal"),
};

export const inspection = z
  .object(inspectionFields)
  .meta({ id: 'Inspection', description: 'What was found on one photograph' });

const position = { index: z.int().describe('Among the images, from 0'), name: z.string() };

export const batchLine = z
  .union([z.object({ ...position, ...inspectionFields }), z.object({ ...position, problem })])
  .meta({ id: 'BatchLine', description: 'One image of a batch: judged, or why not' });

/** A bare `?overlay` is true. */
const bare = z
  .enum(['', '1', 'true', '0', 'false'])
  .transform((text) => text === '' || text === '1' || text === 'true');

export const inspectQuery = z.strictObject({
  map: z.enum(['none', 'png', 'float']).default('none').describe('Whether the answer has the map'),
  overlay: bare.prefault('false').describe('Whether the answer has the overlay, as PNG'),
  name: z.string().max(255).optional().describe("The image's name in the journal"),
});
export type InspectQuery = z.infer<typeof inspectQuery>;

const modelSummary = z
  .object({
    name: z.string(),
    sha256: digest.describe('Of the file'),
    category: z.string(),
    method: z.enum(['patchcore', 'padim']),
    backbone: z.string(),
    size: z.object({ width: z.int(), height: z.int() }).describe('Of the map'),
    inputSize: z.int().describe('Side of the square that the network sees, in pixels'),
    thresholds: z.object({ image: z.number(), pixel: z.number() }),
    falsePositiveRate: z
      .object({ target: z.number(), average: z.number(), upper: z.number() })
      .describe('What the threshold promises, on average and with 95% confidence'),
    created: z.iso.datetime().describe("The file's time"),
    createdBy: z.string(),
    bytes: z.int(),
    judges: z.object({ mmPerPixel: z.number().nullable() }),
  })
  .meta({ id: 'Model', description: 'An inspector file' });

const calibration = z
  .object({
    rule: z.enum(['conformal', 'confident', 'maximum', 'f1-optimal']),
    statement: z.string().describe('What the threshold promises, in words'),
    counts: z.object({ normal: z.int(), anomalous: z.int() }),
    band,
    heldOut: z.array(z.number()).describe('Scores of good images that nothing was fitted on'),
    labelled: z
      .array(
        z.object({
          score: z.number(),
          label: z.enum(['normal', 'anomalous']),
          defectType: z.string(),
        }),
      )
      .describe('Every calibration image; flawed ones where it was calibrated with labels'),
  })
  .meta({ id: 'Calibration', description: 'What set the threshold' });

export const modelDetails = modelSummary
  .extend({
    calibration,
    conditions: lineStatus,
    reload: z
      .object({
        state: z.enum(['current', 'changing', 'loading', 'refused', 'gone']),
        since: z.iso.datetime().nullable().describe('When it was refused, or found to be gone'),
        problem: problem
          .pick({ detail: true, expected: true, found: true, remedy: true })
          .nullable()
          .describe('Why the file is not taken'),
      })
      .describe(
        'Whether the file on the disk is the one that judges: another that has taken its place is loaded',
      ),
  })
  .meta({ id: 'ModelDetails' });

export const modelList = z.object({ models: z.array(modelSummary) }).meta({ id: 'Models' });

export const overrideRequest = z
  .strictObject({
    verdict: z.enum(['normal', 'anomalous']),
    by: z.string().min(1).max(200).describe('Who decided'),
    note: z.string().max(2000).default(''),
  })
  .meta({ id: 'Override', description: 'What a person decided instead' });

export const overrideAnswer = z
  .object({ of: digest, journal: digest.describe('Hash of the line of the override') })
  .meta({ id: 'OverrideLine' });

export const health = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    staleModels: z.int().describe('Models whose file was replaced by one that cannot be served'),
    conditionsChanged: z.int().describe('Models whose imaging conditions have changed'),
  })
  .meta({ id: 'Health' });

export const readiness = z
  .object({
    ready: z.boolean(),
    workers: z.object({ ready: z.int(), busy: z.int(), wanted: z.int() }),
    queued: z.int(),
  })
  .meta({ id: 'Readiness' });

export type Problem = z.infer<typeof problem>;
export type Inspection = z.infer<typeof inspection>;
export type BatchLine = z.infer<typeof batchLine>;
export type ModelSummary = z.infer<typeof modelSummary>;
export type ModelDetails = z.infer<typeof modelDetails>;

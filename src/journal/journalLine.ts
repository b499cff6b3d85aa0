/**
 * A line of a journal: one judgement as JSON, with the hash of the line before it, so that no line can
 * be changed, left out or put in without all later ones being changed too.
 */
import { z } from 'zod';
import { sha256 } from '../core/hash.ts';
import { otherVersion } from '../core/otherVersion.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  peak: z.number(),
  millimetres: z.object({ length: z.number(), area: z.number() }).optional(),
});

const rectangle = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

/** What was asked for beside the model, and what a verdict or its numbers follow from. */
const options = z.object({
  /** Looked at this rectangle alone, in pixels of the photograph. */
  roi: rectangle.optional(),
  /** And not at these rectangles, or where these masks are not black. */
  ignore: z
    .array(z.union([rectangle, z.object({ mask: z.string(), sha256: digest })]))
    .readonly()
    .optional(),
  mmPerPixel: z.number().optional(),
  /** What computed, other than the processor. */
  device: z.string().optional(),
});

const entry = z.object({
  time: z.iso.datetime(),
  imageSha256: digest,
  imageName: z.string(),
  modelSha256: digest,
  threshold: z.number(),
  /** Null where there is none: of a file that is no image that can be read, and is not judged. */
  score: z.number().nullable(),
  verdict: z.enum(['normal', 'anomalous', 'unsure', 'not judged']),
  reason: z.string(),
  boxes: z.array(box).readonly(),
  /** Absent: nothing was asked for. */
  options: options.optional(),
  /** What a person decided instead: a line of its own that repeats the judgement. */
  override: z
    .object({
      /** Hash of the line overridden. */
      of: digest,
      verdict: z.enum(['normal', 'anomalous']),
      by: z.string(),
      note: z.string(),
    })
    .optional(),
});

/** Of lines without a `schemaVersion` of their own, which are all so far. */
export const JOURNAL_VERSION = 1;

export const journalLineSchema = entry
  .extend({
    /** Hash of the line before; zeros in the first one. */
    previous: digest,
    /** Of all of this line before it. */
    hash: digest,
  })
  .refine(({ score, verdict }) => score !== null || verdict === 'not judged', {
    path: ['score'],
    error: 'only what is not judged may be without one',
  });

export type JournalOptions = z.infer<typeof options>;
export type JournalEntry = z.infer<typeof entry>;
export type JournalLine = z.infer<typeof journalLineSchema>;

/** What the first line has for the hash of the one before. */
export const NO_LINE = '0'.repeat(64);

/** `,"hash":"…"}` in bytes. */
const SEAL_LENGTH = ',"hash":""}'.length + NO_LINE.length;

/**
 * @returns the line's text, without its end; the hash is the SHA-256 of the JSON object without its
 * last key, `hash`, exactly as it stands there
 */
export function sealLine(
  { time, imageSha256, imageName, modelSha256, threshold, score, ...rest }: JournalEntry,
  previous: string,
): { readonly text: string; readonly line: JournalLine } {
  const { verdict, reason, boxes, options, override } = rest;
  const body = {
    ...{ time, imageSha256, imageName, modelSha256, threshold, score, verdict, reason, boxes },
    ...(options !== undefined && { options }),
    ...(override !== undefined && { override }),
    previous,
  };
  const json = JSON.stringify(body);
  const hash = sha256(json);
  return { text: `${json.slice(0, -1)},"hash":"${hash}"}`, line: { ...body, hash } };
}

/** A line that is not as it was written, and why. */
export interface BrokenLine {
  readonly problem: string;
}

/**
 * Whether it is a line at all and as it was written; whether it follows is for the reader of the
 * one before.
 * @param bytes without the line's end
 */
export function openLine(bytes: Uint8Array): JournalLine | BrokenLine {
  const text = Buffer.from(bytes).toString('utf8');
  const sealed = bytes.subarray(0, Math.max(0, bytes.length - SEAL_LENGTH));
  const seal = Buffer.from(bytes.subarray(sealed.length)).toString('latin1');
  const hash = /^,"hash":"([0-9a-f]{64})"\}$/.exec(seal)?.[1];
  if (hash === undefined) return { problem: 'it does not end in its hash' };
  if (sha256(Buffer.concat([sealed, Buffer.from('}')])) !== hash) {
    return { problem: 'it is not what its hash was taken of' };
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { problem: 'it is no JSON' };
  }
  const other = otherVersion(
    { schemaVersion: JOURNAL_VERSION, ...(document as object) },
    JOURNAL_VERSION,
    '',
  );
  if (other !== undefined) return { problem: `it has ${other.found}: ${other.remedy}` };
  const parsed = journalLineSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return { problem: `it is no judgement: ${issue?.path.join('.')}: ${issue?.message}` };
}

export const isBroken = (line: JournalLine | BrokenLine): line is BrokenLine => 'problem' in line;

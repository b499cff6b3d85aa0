/** Does the test for changed imaging conditions stay silent on clean images, and soon find changes? */
import { z } from 'zod';
import { intervalSchema } from '../estimate.ts';
import { METHODS } from '../scenario.ts';
import { figure } from './figure.ts';

/**
 * How unchanged streams are drawn:
 * - `both-drawn`: reference and stream from the same held-out normal images, each with replacement:
 *   exchangeable, as the promise wants it
 * - `reference-fixed`: these images dealt out as reference and rest, the stream drawn from the rest
 *   with replacement: its repeats are few images' chance differences, again and again
 * - `as-stored`: the reference is that of the file, the stream drawn from the test folder
 */
export const STREAM_RULES = ['both-drawn', 'reference-fixed', 'as-stored'] as const;
export type StreamRule = (typeof STREAM_RULES)[number];

const falseAlarmsSchema = z.object({
  rule: z.enum(STREAM_RULES),
  streams: z.int(),
  /** Images of each. */
  length: z.int(),
  /** Streams that raised an alarm. */
  alarms: z.int(),
  rate: z.number(),
  interval: intervalSchema,
});

export const movementSchema = z.object({
  descriptor: z.string(),
  /** Medians. */
  reference: z.number(),
  later: z.number(),
  /** In robust standard deviations of the reference; null where most of it is equal. */
  moved: z.number().nullable(),
});

const delaySchema = z.object({
  streams: z.int(),
  /** Images from the change to the alarm; null where it comes after more than `HORIZON`. */
  lowerDecile: z.int().nullable(),
  median: z.int().nullable(),
  upperDecile: z.int().nullable(),
  /** Share of streams without an alarm by then. */
  undetected: z.number(),
});

const lampSchema = z.object({
  lamp: z.int(),
  /** What it changes: `bright 0.82`. */
  shift: z.array(z.string()),
  delay: delaySchema,
  /** The furthest first. */
  movements: z.array(movementSchema),
});

const detectionSchema = z.object({
  preset: z.string(),
  level: z.string(),
  /** The change comes before the first image. */
  atStart: delaySchema,
  /** It comes after 100 unchanged images. */
  later: delaySchema,
  /** Share of batches that the energy test rejects, by their number of images. */
  batches: z.array(z.object({ images: z.int(), power: z.number() })),
  lamps: z.array(lampSchema),
});

const foldersSchema = z.object({
  /** Energy distance of the test folder's normal images from the reference, all descriptors. */
  distance: z.number(),
  pValue: z.number(),
  /** The furthest first; each with the energy test of it alone, not adjusted for their number. */
  movements: z.array(movementSchema.extend({ pValue: z.number() })),
  /** Whether they differ at 1%, in all descriptors together or in one after Bonferroni. */
  differ: z.boolean(),
  /** Share of streams with an alarm, each image of the test folder once and in random order. */
  onceThrough: z.object({ streams: z.int(), rate: z.number() }),
});

/** What is watched while a burst comes. */
export const BURST_STATISTICS = ['conditions', 'score', 'distance'] as const;

const burstSchema = z.object({
  /**
   * - `conditions`: the monitor itself
   * - `score`: a martingale of image scores instead
   * - `distance`: of the lower quartile of patch distances, which look normal
   */
  statistic: z.enum(BURST_STATISTICS),
  /** Whose scores or distances; null for the monitor. */
  method: z.enum(METHODS).nullable(),
  /** Defective images in a row after 50 unchanged ones. */
  images: z.int(),
  /** Share of streams in which the burst raises an alarm. */
  alarms: z.number(),
  /** As many normal images of the same folder in its place. */
  normalAlarms: z.number(),
});

const pathSchema = z.object({
  level: z.string(),
  /** Median over streams and lamps of the decimal logarithm, image by image. */
  martingale: z.array(z.number()),
});

export const driftSchema = z.object({
  category: z.string(),
  falseAlarm: z.number(),
  descriptors: z.array(z.string()),
  /** Normal calibration images; held-out normal images drawn from; of the test folder; defective. */
  images: z.object({
    reference: z.int(),
    clean: z.int(),
    test: z.int(),
    anomalous: z.int(),
  }),
  falseAlarms: figure(z.array(falseAlarmsSchema)),
  /** Are the test folder's normal images like the reference? Null without any. */
  folders: figure(foldersSchema).nullable(),
  detection: figure(z.array(detectionSchema)),
  /** The martingale under the first preset, and on unchanged images. */
  paths: figure(
    z.object({ preset: z.string(), threshold: z.number(), paths: z.array(pathSchema) }),
  ),
  /** Null without defective images. */
  bursts: figure(z.array(burstSchema)).nullable(),
  /** Why there is none of what is null. */
  notComputable: z.array(z.string()),
  /** Lamps at the highest level that half of the streams or more do not find, and why. */
  undetected: z.array(z.string()),
});

export type DriftResult = z.infer<typeof driftSchema>;
export type FalseAlarms = z.infer<typeof falseAlarmsSchema>;
export type Delay = z.infer<typeof delaySchema>;
export type DriftDetection = z.infer<typeof detectionSchema>;
export type Burst = z.infer<typeof burstSchema>;
export type DriftPath = z.infer<typeof pathSchema>;

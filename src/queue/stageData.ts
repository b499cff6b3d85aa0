/** What of a stage lies in Redis; the rest of it, which may be long, is in the store. */
import type { JobsOptions } from 'bullmq';

export interface StageData {
  readonly key: string;
  /** Of the job, in the study that submitted it. */
  readonly id: string;
  /** Hash of its `StageSpec`. */
  readonly spec: string;
}

/** What a worker leaves with a stage that is done. */
export interface StageReturn {
  readonly worker: string;
  readonly seconds: number;
  /** Whether its result was there already. */
  readonly outcome: 'found' | 'made';
}

/** Tries of a stage that fails; the waits between them double. */
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 2_000;
const KEPT_SECONDS = 7 * 24 * 3600;
/** BullMQ's largest; small numbers go first. */
const LAST = 2_097_151;

/** @param way expected seconds of the longest chain of stages that it begins */
export const stageOptions = (way: number): JobsOptions => ({
  priority: Math.max(1, LAST - Math.round(10 * way)),
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: FIRST_WAIT_MS },
  removeOnComplete: { age: KEPT_SECONDS },
  removeOnFail: { age: KEPT_SECONDS },
});

/** Why a stage fails without having been tried. */
export const HELD_BACK = 'what it builds on has failed';

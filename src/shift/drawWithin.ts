/** How parameters are drawn from their ranges: at severity 0 they change nothing. */
import type { Random } from '../core/random.ts';

/** The values at severity 1, lowest and highest. */
export type Range = readonly [low: number, high: number];

/** Uniform within the limit to either side of 0, times the severity. */
export function drawAround(limit: number, severity: number, random: Random): number {
  // -0 would not survive JSON.
  return severity * random.uniform(-limit, limit) + 0;
}

/** Uniform within the range, times the severity. */
export function drawFrom([low, high]: Range, severity: number, random: Random): number {
  return severity * random.uniform(low, high);
}

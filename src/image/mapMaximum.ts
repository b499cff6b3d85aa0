import type { FloatMap } from './image.ts';

/** The highest value of a map. */
export const mapMaximum = ({ data }: FloatMap): number =>
  data.reduce((maximum, value) => Math.max(maximum, value));

/**
 * What a fitted detector puts behind its embedding. Each method (PatchCore, PaDiM) makes one; all
 * else, from preprocessing to the file, is shared.
 */
import type { Value } from '../tensor/graph.ts';
import type { Embedding } from './embedding.ts';

export interface Scored {
  /** float32 [N, 1, height, width] */
  readonly map: Value;
  /** float32 [N] */
  readonly score: Value;
  /** What the search for each patch's distance hands on to score and map. */
  readonly found: readonly Value[];
}

/** @param size height and width of the map */
export type Head = (embedding: Embedding, size: readonly [number, number]) => Scored;

/** The part of a head that looks at each patch alone. */
export type Search = (embedding: Embedding) => readonly [distance: Value, ...Value[]];

/**
 * A backbone whose finer layers are brought to a coarser one's grid, so that choices of layers differ
 * in nothing else.
 */
import type { Value } from '../tensor/graph.ts';
import { averagePool } from '../tensor/ops/neural.ts';
import type { Backbone } from './backbone.ts';

/**
 * Layers finer than `layer` are averaged over non-overlapping cells down to its grid; coarser ones
 * stay as they are, and so do those whose size is no multiple of it.
 */
export function pooledLayers(backbone: Backbone, layer: string): Backbone {
  return {
    ...backbone,
    async build(image, layers) {
      const wanted = [...new Set([...layers, layer])];
      const features = await backbone.build(image, wanted);
      const size = heightOf(features[wanted.indexOf(layer)]!);
      return layers.map((name) => pooledTo(features[wanted.indexOf(name)]!, size));
    },
  };
}

function pooledTo(feature: Value, height: number): Value {
  const cell = heightOf(feature) / height;
  if (!Number.isInteger(cell) || cell < 2) return feature;
  return averagePool(feature, { kernel: [cell, cell], stride: cell });
}

const heightOf = (feature: Value): number => feature.shape[2] as number;

/** Grey levels to what a network was trained on. */
import { float32 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { div, sub } from '../tensor/ops/elementwise.ts';

/** Per channel R, G, B, in units of the full range (grey level / 255). */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** The statistics of ImageNet that torchvision, timm and the ONNX Model Zoo train with. */
export const IMAGENET: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** @param image float32 [N, 3, H, W], grey levels 0 to 255 */
export function normalise(image: Value, { mean, deviation }: Normalisation): Value {
  const { graph } = image;
  const levels = (name: string, values: readonly number[]) =>
    graph.constant(
      name,
      float32(
        Float32Array.from(values, (value) => value * 255),
        [3, 1, 1],
      ),
    );
  return graph.scope('normalise', () =>
    div(sub(image, levels('mean', mean)), levels('deviation', deviation)),
  );
}

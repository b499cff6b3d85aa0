/** Learns Gaussians from images that come one at a time. */
import { addImages, createGaussians, type Gaussians } from './gaussians.ts';

/** Images kept back to be added together: from four on that is four times as fast. */
const TOGETHER = 8;

export interface GaussianLearner {
  /** @param embedding float32 [positions * dimension], which must stay as it is until the end */
  learn(embedding: Float32Array): void;
  /** The Gaussians of all images so far. */
  finish(): Gaussians;
}

export function createGaussianLearner(positions: number, dimension: number): GaussianLearner {
  const gaussians = createGaussians(positions, dimension);
  const waiting: Float32Array[] = [];
  const finish = () => {
    addImages(gaussians, waiting.splice(0));
    return gaussians;
  };
  return {
    learn(embedding) {
      if (waiting.push(embedding) === TOGETHER) finish();
    },
    finish,
  };
}

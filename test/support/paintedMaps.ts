/** Anomaly maps with ground truth. */
import { createRandom } from '../../src/core/random.ts';
import type { PixelImage } from '../../src/metrics/pixelScores.ts';

/**
 * Maps as a detector gives them: smooth, higher around defects, which come in all sizes. Every
 * second image has defects.
 */
export function paintMaps(count: number, size: number): PixelImage[] {
  const random = createRandom('painted maps');
  return Array.from({ length: count }, (_, index) => {
    const mask = new Uint8Array(size * size);
    const scores = new Float32Array(size * size);
    const wave = random.uniform(3, 9);
    const defects =
      index % 2 === 0
        ? []
        : Array.from({ length: 1 + random.integer(3) }, () => ({
            x: random.integer(size),
            y: random.integer(size),
            radius: size * random.uniform(0.01, 0.15),
            height: random.uniform(0.1, 2),
          }));
    for (let at = 0; at < scores.length; at++) {
      const [x, y] = [at % size, Math.floor(at / size)];
      scores[at] = Math.sin(x / wave) * Math.cos(y / wave) + 0.1 * random.normal();
      for (const defect of defects) {
        const distance = Math.hypot(x - defect.x, y - defect.y) / defect.radius;
        if (distance <= 1) mask[at] = 1;
        scores[at]! += defect.height * Math.exp(-(distance ** 2) / 2);
      }
    }
    return { width: size, height: size, scores, mask };
  });
}

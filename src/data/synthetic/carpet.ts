/** Grey woven carpet filling the picture. */
import type { Random } from '../../core/random.ts';
import { type Canvas, paint, WHOLE } from './canvas.ts';
import { CARPET_DEFECTS, type CarpetDefect, paintCarpetDefect } from './carpetDefects.ts';
import { createNoise, layeredNoiseAt } from './noise.ts';
import type { Product } from './product.ts';
import { drawWeave, weaveLight } from './weave.ts';

export const carpet: Product<CarpetDefect> = {
  defectTypes: CARPET_DEFECTS,
  light: { gain: 0.09, cast: 0.02, slope: 0.07, noise: 3 },
  paint(canvas, random, defect) {
    const weave = drawWeave(random.fork('weave'));
    paintPile(canvas, random.fork('pile'), (x, y) => weaveLight(weave, x, y));
    if (defect !== undefined) paintCarpetDefect(canvas, random.fork('defect'), defect);
  },
};

/** The weave, here and there lighter where feet and brushes have laid the fibres. */
function paintPile(canvas: Canvas, random: Random, light: (x: number, y: number) => number): void {
  const noise = createNoise(random);
  const warmth = random.uniform(-0.015, 0.025);
  paint(canvas, WHOLE, (pixel) => {
    const { x, y } = pixel;
    const grey = light(x, y) * (1 + 0.06 * layeredNoiseAt(noise, x * 4, y * 4, 2));
    pixel.r = grey * (1 + warmth);
    pixel.g = grey;
    pixel.b = grey * (1 - warmth);
  });
}

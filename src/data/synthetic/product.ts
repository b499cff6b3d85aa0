/** What a product of the synthetic data set is: a scene that can be painted with and without. */
import type { Random } from '../../core/random.ts';
import type { LightVariation } from './camera.ts';
import type { Canvas } from './canvas.ts';

export interface Product<Defect extends string = string> {
  readonly defectTypes: readonly Defect[];
  readonly light: LightVariation;
  /**
   * Paints one scene, over whatever is on the canvas. The same `random` gives the same scene; a
   * defect draws from streams of its own, so that all the rest stays as it was.
   */
  paint(canvas: Canvas, random: Random, defect: Defect | undefined): void;
}

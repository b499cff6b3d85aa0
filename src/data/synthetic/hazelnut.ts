/** One hazelnut on dark cloth: any direction, the tip or the scar of the base towards the viewer. */
import type { Random } from '../../core/random.ts';
import { type Canvas, type Colour, cover, paint, shade, WHOLE } from './canvas.ts';
import { HAZELNUT_DEFECTS, type HazelnutDefect, paintHazelnutDefect } from './hazelnutDefects.ts';
import { createGrain, createNoise, grainAt, noiseAt } from './noise.ts';
import { createNutBody, drawNutPose, type NutHit, type NutPose } from './nutBody.ts';
import { createNutShell } from './nutShell.ts';
import type { Product } from './product.ts';
import { smoothstep } from './shape.ts';

export const hazelnut: Product<HazelnutDefect> = {
  defectTypes: HAZELNUT_DEFECTS,
  light: { gain: 0.1, cast: 0.03, slope: 0.06, noise: 1.8 },
  paint(canvas, random, defect) {
    const pose = drawNutPose(random.fork('pose'));
    const solid = paintNut(canvas, random, pose);
    if (defect !== undefined) paintHazelnutDefect(canvas, random.fork('defect'), defect, pose);
    // The cloth comes last, so that no defect reaches beyond the nut.
    paintCloth(canvas, random.fork('cloth'), solid);
  },
};

/** Returns how solid the nut is at each pixel: 0 outside, 1 inside, less at the limb. */
function paintNut(canvas: Canvas, random: Random, pose: NutPose): Float32Array {
  const body = createNutBody(pose);
  const paintShell = createNutShell(random.fork('shell'));
  const light = drawLightDirection(random.fork('light'));
  const hit: NutHit = { t: 0, longitude: 0, nx: 0, ny: 0, nz: 0 };
  const solid = new Float32Array(canvas.size * canvas.size);
  paint(canvas, WHOLE, (pixel) => {
    if (!body(pixel.x, pixel.y, hit)) return;
    paintShell(hit, pixel);
    shade(pixel, 0.3 + 0.78 * Math.max(0, light(hit.nx, hit.ny, hit.nz)));
    solid[pixel.index] = smoothstep(0, 0.22, hit.nz);
  });
  return solid;
}

function paintCloth(canvas: Canvas, random: Random, solid: Float32Array): void {
  const folds = createNoise(random.fork('folds'));
  const grain = createGrain(random.fork('grain'));
  paint(canvas, WHOLE, (pixel) => {
    const bare = 1 - solid[pixel.index]!;
    if (bare === 0) return;
    const { x, y } = pixel;
    const light = 1 + 0.07 * noiseAt(folds, x * 4, y * 4) + 0.08 * grainAt(grain, x * 190, y * 190);
    const dust = 0.6 * smoothstep(0.94, 1, grainAt(grain, x * 75, y * 75));
    cover(pixel, CLOTH, bare, light + dust);
  });
}

const CLOTH: Colour = [33, 33.5, 38];

/** A large soft lamp, nearly overhead: falls off gently towards the limb. */
function drawLightDirection(random: Random) {
  const lx = random.uniform(-0.3, 0.3);
  const ly = random.uniform(-0.45, 0.15);
  const norm = 1 / Math.hypot(lx, ly, 1);
  return (nx: number, ny: number, nz: number) => (nx * lx + ny * ly + nz) * norm;
}

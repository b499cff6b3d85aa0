/** A closed zipper on white: dark woven tapes and a coil of interlocking teeth. */
import type { Canvas } from './canvas.ts';
import type { Product } from './product.ts';
import { paintStrand } from './strand.ts';
import { planZipperDefect, ZIPPER_DEFECTS, type ZipperDefect } from './zipperDefects.ts';
import { drawZipperScene, middleAt, type Tooth, type ZipperScene } from './zipperScene.ts';
import { paintTapes } from './zipperTape.ts';

export const zipper: Product<ZipperDefect> = {
  defectTypes: ZIPPER_DEFECTS,
  light: { gain: 0.08, cast: 0.01, slope: 0.04, noise: 2 },
  paint(canvas, random, defect) {
    const clean = drawZipperScene(random.fork('scene'));
    const plan = defect && planZipperDefect(clean, random.fork('defect'), defect);
    const scene = plan?.scene ?? clean;
    paintTapes(canvas, scene);
    for (const tooth of scene.teeth) paintTooth(canvas, scene, tooth);
    for (const paintOver of plan?.finish ?? []) paintOver(canvas);
  },
};

const TOOTH_HALF = 0.006;

/** A tooth's centre line, outer end first: a bow at the edge, then straight past the middle. */
const BOW = [
  { u: 0.0545, v: -0.0085 },
  { u: 0.0565, v: -0.0035 },
  { u: 0.0525, v: 0.001 },
  { u: 0.043, v: 0.003 },
  { u: 0.031, v: 0.0028 },
  { u: 0.018, v: 0.0012 },
  { u: 0.004, v: 0.0002 },
  { u: -0.009, v: 0 },
];

function paintTooth(canvas: Canvas, scene: ZipperScene, tooth: Tooth): void {
  const { side, turn, gloss } = tooth;
  const middle = middleAt(scene, tooth.v);
  const outwards = tooth.outwards + scene.opening(tooth.v);
  const kept = Math.max(2, Math.round(BOW.length * tooth.length));
  const line = BOW.slice(0, kept).map(({ u, v }) => ({
    x: middle + side * (u + outwards),
    y: tooth.v + v + (0.05 - u) * Math.sin(turn),
  }));
  paintStrand(canvas, {
    line,
    half: TOOTH_HALF,
    colour: [82, 82, 83],
    shadow: 0.45,
    light(across, along) {
      // The lamp stands above: its reflex lies on the upper flank, strongest on the bow.
      const up = side * across;
      const body = 0.45 + 0.4 * Math.sqrt(Math.max(0, 1 - across * across));
      const reflex = Math.exp(-(((up - 0.15) / 0.42) ** 2));
      const bow = 0.35 + 0.75 * Math.exp(-(((along - 0.3) / 0.2) ** 2));
      return body + gloss * 0.8 * reflex * bow;
    },
  });
}

/** What goes wrong with the teeth of a zipper. */
import type { Random } from '../../core/random.ts';
import { around, type Canvas, type Colour, cover, paint } from './canvas.ts';
import { createNoise, noiseAt } from './noise.ts';
import { clamp, smoothstep } from './shape.ts';
import {
  CHAIN_HALF_WIDTH,
  middleAt,
  type Side,
  type Tooth,
  type ZipperPlan,
  type ZipperScene,
} from './zipperScene.ts';

const FRACTURE: Colour = [214, 214, 210];

/** Two to four teeth of one row are broken off; the stumps are bright where they broke. */
export function breakTeeth(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const side: Side = random.next() < 0.5 ? -1 : 1;
  const extent = random.uniform(0.045, 0.075);
  const broken: Tooth[] = [];
  const teeth = scene.teeth.map((tooth) => {
    if (tooth.side !== side || Math.abs(tooth.v - v) > extent) return tooth;
    const stump = { ...tooth, length: random.uniform(0.15, 0.5), turn: 0.5 * random.normal() };
    broken.push(stump);
    return stump;
  });
  const speckled = (canvas: Canvas) => {
    for (const tooth of broken) {
      const u = side * CHAIN_HALF_WIDTH * (0.95 - 0.5 * tooth.length);
      paintBurr(
        canvas,
        random,
        middleAt(scene, tooth.v) + u,
        tooth.v,
        random.uniform(0.011, 0.017),
      );
    }
  };
  return { scene: { ...scene, teeth }, finish: [speckled] };
}

/** Burrs: small bright crumbs of torn plastic. */
function paintBurr(canvas: Canvas, random: Random, x: number, y: number, radius: number): void {
  const noise = createNoise(random);
  paint(canvas, around(x, y, radius * 2), (pixel) => {
    const { x: px, y: py } = pixel;
    const distance = Math.hypot(px - x, py - y);
    const crumb = noiseAt(noise, (px / radius) * 1.4 + 9, (py / radius) * 1.4) * radius * 0.9;
    const inside = smoothstep(0, radius * 0.3, radius * 0.75 + crumb - distance);
    cover(
      pixel,
      FRACTURE,
      0.85 * inside,
      0.75 + 0.35 * noiseAt(noise, (px / radius) * 3, (py / radius) * 3),
    );
  });
}

/** A stretch of teeth with scuffed surfaces and crumbs of plastic on them. */
export function roughen(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const extent = random.uniform(0.05, 0.1);
  const sides = random.pick([[-1], [1], [-1, 1]] as const);
  const finish = (canvas: Canvas) => {
    const burrs = Math.round((extent / 0.03) * random.uniform(6, 10)) * sides.length;
    for (let burr = 0; burr < burrs; burr++) {
      const y = v + random.uniform(-extent, extent);
      const u = random.pick(sides) * CHAIN_HALF_WIDTH * random.uniform(0.3, 1.05);
      paintBurr(canvas, random, middleAt(scene, y) + u, y, random.uniform(0.0045, 0.009));
    }
  };
  return { scene, finish: [finish] };
}

/** The rows have come apart over a stretch, like an opened seam. */
export function split(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const extent = random.uniform(0.07, 0.13);
  const width = random.uniform(0.026, 0.042);
  const opening = (at: number) => {
    const t = clamp((at - v) / extent, -1, 1);
    return width * (1 - t * t) ** 2;
  };
  const teeth = scene.teeth.map((tooth) => ({
    ...tooth,
    turn: tooth.turn + (opening(tooth.v) / width) * 0.2 * random.normal(),
  }));
  return { scene: { ...scene, teeth, opening }, finish: [] };
}

/** Teeth pushed together and out of line over a stretch. */
export function squeeze(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const extent = random.uniform(0.06, 0.1);
  const strength = random.uniform(0.45, 0.75);
  const bulge = random.uniform(0.007, 0.015);
  const lean = random.uniform(-0.5, 0.5);
  const teeth = scene.teeth.map((tooth) => {
    const t = (tooth.v - v) / extent;
    if (Math.abs(t) >= 1) return tooth;
    const pressed = (1 - t * t) ** 2;
    return {
      ...tooth,
      v: tooth.v - strength * t * extent * pressed,
      outwards: pressed * (bulge + 0.003 * random.normal()),
      turn: tooth.turn + pressed * (lean * tooth.side + 0.25 * random.normal()),
    };
  });
  return { scene: { ...scene, teeth }, finish: [] };
}

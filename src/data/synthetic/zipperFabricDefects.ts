/** What goes wrong with the tapes of a zipper. */
import type { Random } from '../../core/random.ts';
import { around, type Canvas, cover, paint, shade } from './canvas.ts';
import { createNoise, layeredNoiseAt, noiseAt } from './noise.ts';
import { smoothstep, wander } from './shape.ts';
import { paintStrand } from './strand.ts';
import { middleAt, type Side, type ZipperPlan, type ZipperScene } from './zipperScene.ts';

/** The edge of one tape is frayed: threads of the weave hang out. */
export function frayBorder(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const side: Side = random.next() < 0.5 ? -1 : 1;
  const extent = random.uniform(0.035, 0.075);
  const depth = random.uniform(0.009, 0.022);
  const ragged = createNoise(random.fork('ragged'));
  const edgeLoss = (at: Side, y: number) => {
    const t = (y - v) / extent;
    if (at !== side || Math.abs(t) >= 1) return scene.edgeLoss(at, y);
    return depth * (1 - t * t) * (0.6 + 0.8 * noiseAt(ragged, y * 120, 3));
  };
  const threads = (canvas: Canvas) => {
    const count = 6 + random.integer(8);
    for (let thread = 0; thread < count; thread++) {
      const y = v + extent * random.uniform(-0.9, 0.9);
      const edge = scene.halfWidth[side < 0 ? 0 : 1] - depth;
      const outwards = side < 0 ? Math.PI : 0;
      const line = wander(random, {
        from: { x: middleAt(scene, y) + side * edge, y },
        heading: outwards + random.uniform(-1.1, 1.1),
        length: random.uniform(0.015, 0.045),
        steps: 8,
        turn: 0.3,
      });
      const level = random.uniform(70, 190);
      paintStrand(canvas, {
        line,
        half: random.uniform(0.0011, 0.002),
        colour: [level, level, level],
        opacity: 0.9,
        shadow: 0.25,
        light: (across) => 1 - 0.3 * across * across,
      });
    }
  };
  return { scene: { ...scene, edgeLoss }, finish: [threads] };
}

/** A snag inside a tape: the weave is torn and darker, single fibres stand up. */
export function tearInterior(scene: ZipperScene, random: Random, v: number): ZipperPlan {
  const side: Side = random.next() < 0.5 ? -1 : 1;
  const x = middleAt(scene, v) + side * random.uniform(0.14, 0.32);
  const radius = random.uniform(0.028, 0.05);
  const strength = random.uniform(0.55, 0.9);
  const noise = createNoise(random.fork('snag'));
  const finish = (canvas: Canvas) => {
    paint(canvas, around(x, v, radius * 1.8), (pixel) => {
      const { x: px, y: py } = pixel;
      const distance = Math.hypot(px - x, (py - v) * 1.1);
      const edge = radius * (1 + 0.5 * layeredNoiseAt(noise, px * 28, py * 28, 3)) - distance;
      const torn = strength * smoothstep(-0.1 * radius, 0.6 * radius, edge);
      const tangle = layeredNoiseAt(noise, px * 130, py * 130, 2);
      shade(pixel, 1 - torn);
      cover(pixel, [40, 40, 40], torn * 0.6, 0.75 + 1.1 * tangle);
    });
    const fibres = 3 + random.integer(5);
    for (let fibre = 0; fibre < fibres; fibre++) {
      const heading = random.uniform(-Math.PI, Math.PI);
      const line = wander(random, {
        from: { x, y: v },
        heading,
        length: radius * random.uniform(0.6, 1.3),
        steps: 8,
        turn: 0.5,
      });
      const level = random.uniform(80, 130);
      paintStrand(canvas, {
        line,
        half: 0.0012,
        colour: [level, level, level],
        opacity: 0.7,
        shadow: 0.3,
        light: () => 1,
      });
    }
  };
  return { scene, finish: [finish] };
}

/** What goes wrong with a hazelnut: cracks, cuts, drill holes and stamped marks. */
import type { Random } from '../../core/random.ts';
import { around, type Canvas, type Colour, cover, paint } from './canvas.ts';
import { createNoise, createRingNoise, layeredNoiseAt, noiseAt } from './noise.ts';
import type { NutPose } from './nutBody.ts';
import { boundsOf, measure, type Nearest, type Point, smoothstep, wander } from './shape.ts';
import { createStamp } from './stamp.ts';

export const HAZELNUT_DEFECTS = ['crack', 'cut', 'hole', 'print'] as const;
export type HazelnutDefect = (typeof HAZELNUT_DEFECTS)[number];

const SHELL_EDGE: Colour = [206, 160, 116];
const INSIDE: Colour = [34, 22, 18];
const KERNEL: Colour = [104, 54, 38];
const WHITE_INK: Colour = [236, 234, 230];

export function paintHazelnutDefect(
  canvas: Canvas,
  random: Random,
  defect: HazelnutDefect,
  pose: NutPose,
): void {
  const site = drawSite(random, pose);
  const painters: Record<HazelnutDefect, () => void> = {
    crack: () => paintCrack(canvas, random, site, pose.scale),
    cut: () => paintCuts(canvas, random, site, pose.scale),
    hole: () => paintHole(canvas, random, site, pose.scale),
    print: () => paintPrint(canvas, random, site, pose.scale),
  };
  painters[defect]();
}

/** A place well inside the outline, where it can be seen; rather on the shell than on the scar. */
function drawSite(random: Random, { x, y, scale, angle, lean }: NutPose): Point {
  const direction = random.uniform(-Math.PI, Math.PI);
  const reach = 0.5 * scale * Math.sqrt(random.next());
  const towardsTip = 0.18 * scale * Math.cos(lean);
  return {
    x: x + reach * Math.cos(direction) + towardsTip * Math.cos(angle),
    y: y + reach * Math.sin(direction) + towardsTip * Math.sin(angle),
  };
}

/** A fissure, from which in most nuts a piece of shell has broken away. */
function paintCrack(canvas: Canvas, random: Random, site: Point, scale: number): void {
  const heading = random.uniform(-Math.PI, Math.PI);
  const length = scale * random.uniform(0.35, 0.75);
  paintFissure(canvas, random, site, heading, length, scale * random.uniform(0.012, 0.028));
  paintFissure(
    canvas,
    random,
    site,
    heading + random.uniform(2.4, 3.6),
    length * 0.6,
    scale * 0.012,
  );
  if (random.next() < 0.7) paintBreach(canvas, random, site, scale * random.uniform(0.12, 0.42));
}

function paintFissure(
  canvas: Canvas,
  random: Random,
  from: Point,
  heading: number,
  length: number,
  width: number,
): void {
  const line = wander(random, { from, heading, length, steps: 18, turn: 0.55, recoil: 0.5 });
  const nearest: Nearest = { distance: 0, along: 0, side: 0 };
  const soft = 1 / canvas.size;
  paint(canvas, boundsOf(line, width * 3), (pixel) => {
    const { x, y } = pixel;
    measure(line, x, y, nearest);
    const half = width * (1 - 0.8 * nearest.along);
    const lip = smoothstep(half * 2.2, half, nearest.distance) * (nearest.side > 0 ? 0.45 : 0.1);
    cover(pixel, SHELL_EDGE, lip, 0.8);
    cover(pixel, INSIDE, 0.95 * smoothstep(half + soft, half - soft, nearest.distance));
  });
}

/** An opening with a jagged edge: pale broken shell around, the kernel in the dark below. */
function paintBreach(canvas: Canvas, random: Random, site: Point, radius: number): void {
  const outline = createRingNoise(random.fork('outline'), 8);
  const noise = createNoise(random.fork('texture'));
  const stretch = random.uniform(0.55, 1);
  const turn = random.uniform(0, Math.PI);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const thickness = 0.018 + 0.12 * radius;
  paint(canvas, around(site.x, site.y, radius * 2.2), (pixel) => {
    const { x, y } = pixel;
    const dx = x - site.x;
    const dy = y - site.y;
    const u = dx * cos + dy * sin;
    const v = (dy * cos - dx * sin) / stretch;
    const angle = Math.atan2(v, u);
    const corner = (angle / Math.PI) * 4 + 4;
    const jag =
      0.4 * noiseAt(outline, corner, 9) +
      0.2 * noiseAt(outline, corner * 2, 31) +
      0.12 * noiseAt(outline, corner * 4, 2);
    const inside = radius * (1 + jag) - Math.hypot(u, v);
    const edge = inside + 0.0022 * noiseAt(noise, x * 90, y * 90);
    const opened = smoothstep(-0.003, 0.002, edge);
    if (opened === 0) return;
    const texture = layeredNoiseAt(noise, x * 55, y * 55, 4);
    cover(pixel, SHELL_EDGE, opened, 0.95 + 0.25 * texture);
    const depth = smoothstep(thickness * 0.55, thickness * 0.8, edge + 0.003 * texture);
    cover(pixel, INSIDE, depth);
    const kernel = smoothstep(thickness * 1.1, thickness * 2.4, edge + 0.3 * dx - 0.2 * dy);
    cover(pixel, KERNEL, kernel * depth, 0.9 + 0.7 * texture);
  });
}

/** One or two straight slits with a pale fibrous bed. */
function paintCuts(canvas: Canvas, random: Random, site: Point, scale: number): void {
  const heading = random.uniform(-Math.PI, Math.PI);
  const cuts = random.next() < 0.3 ? 2 : 1;
  for (let cut = 0; cut < cuts; cut++) {
    const shift = cut * scale * random.uniform(0.14, 0.24);
    const direction = heading + random.uniform(-0.2, 0.2) * cut;
    const from = { x: site.x - Math.sin(heading) * shift, y: site.y + Math.cos(heading) * shift };
    const length = scale * random.uniform(0.28, 0.6);
    paintSlit(canvas, random, from, direction, length, scale * random.uniform(0.021, 0.044));
  }
}

function paintSlit(
  canvas: Canvas,
  random: Random,
  from: Point,
  heading: number,
  length: number,
  width: number,
): void {
  const noise = createNoise(random);
  const line = wander(random, { from, heading, length, steps: 4, turn: 0.05 });
  const nearest: Nearest = { distance: 0, along: 0, side: 0 };
  paint(canvas, boundsOf(line, width * 2), (pixel) => {
    const { x, y } = pixel;
    measure(line, x, y, nearest);
    const rough = 0.35 * noiseAt(noise, x * 160, y * 160);
    const half =
      width * Math.sqrt(Math.max(0, Math.sin(Math.PI * nearest.along)) + 0.02) * (1 + rough);
    const bed = smoothstep(half * 1.25, half * 0.8, nearest.distance);
    cover(pixel, SHELL_EDGE, 0.85 * bed, 0.85 + 0.35 * noiseAt(noise, x * 240, y * 60));
    const offset = nearest.distance * nearest.side + half * 0.3;
    const slit = smoothstep(half * 0.55, half * 0.2, Math.abs(offset));
    cover(pixel, INSIDE, 0.75 * slit * bed);
  });
}

/** A drilled hole, with a rim of bare or splintered shell. */
function paintHole(canvas: Canvas, random: Random, site: Point, scale: number): void {
  const noise = createNoise(random);
  const radius = scale * random.uniform(0.05, 0.09);
  const rim = radius * random.uniform(0.25, 0.6);
  const splinter = radius * random.uniform(0, 1.5);
  const grain = random.uniform(0, Math.PI);
  paint(canvas, around(site.x, site.y, radius * 5), (pixel) => {
    const { x, y } = pixel;
    const dx = x - site.x;
    const dy = y - site.y;
    const distance = Math.hypot(dx, dy) * (1 + 0.12 * noiseAt(noise, dx * 60, dy * 60));
    const angle = Math.atan2(dy, dx);
    const torn =
      splinter *
      Math.max(0, noiseAt(noise, angle * 1.3 + 20, 3)) *
      Math.cos(angle - grain) ** 2 *
      2;
    const bare = smoothstep(radius + rim + torn, radius + rim * 0.5 + torn, distance);
    cover(pixel, SHELL_EDGE, 0.9 * bare, 0.9 + 0.3 * noiseAt(noise, x * 150, y * 150));
    cover(pixel, INSIDE, smoothstep(radius * 1.1, radius * 0.85, distance));
  });
}

/** Letters stamped in white ink, which took only here and there. */
function paintPrint(canvas: Canvas, random: Random, site: Point, scale: number): void {
  const noise = createNoise(random);
  const height = scale * random.uniform(0.2, 0.34);
  const letters = random.pick(['OK', 'KO', 'NOK', 'OKK', 'XO']);
  const stamp = createStamp(letters, site, height, random.uniform(-Math.PI, Math.PI));
  const wear = random.uniform(-0.4, 0.1);
  const strength = random.uniform(0.65, 1);
  paint(canvas, around(site.x, site.y, stamp.reach), (pixel) => {
    const { x, y } = pixel;
    const stroke = stamp.ink(x, y);
    if (stroke <= 0) return;
    const took = smoothstep(-0.1, 0.12, layeredNoiseAt(noise, x * 55, y * 55, 3) - wear);
    const speckle = 0.4 + 0.6 * smoothstep(-0.6, 0, noiseAt(noise, x * 200, y * 200));
    cover(pixel, WHITE_INK, strength * stroke * took * speckle);
  });
}

/** What goes wrong with a carpet: dye spots, cuts, holes, metal bits and loose threads. */
import type { Random } from '../../core/random.ts';
import { around, type Canvas, type Colour, cover, paint, shade } from './canvas.ts';
import { createNoise, layeredNoiseAt, noiseAt } from './noise.ts';
import { boundsOf, measure, type Nearest, type Point, smoothstep, wander } from './shape.ts';
import { paintStrand } from './strand.ts';

export const CARPET_DEFECTS = ['color', 'cut', 'hole', 'metal_contamination', 'thread'] as const;
export type CarpetDefect = (typeof CARPET_DEFECTS)[number];

const DYES: readonly Colour[] = [
  [214, 96, 92],
  [96, 122, 200],
  [190, 84, 120],
  [92, 150, 110],
];
const UNDERLAY: Colour = [54, 50, 46];
const FIBRE: Colour = [186, 184, 180];
const STEEL: Colour = [172, 178, 186];

export function paintCarpetDefect(canvas: Canvas, random: Random, defect: CarpetDefect): void {
  const site = { x: random.uniform(0.18, 0.82), y: random.uniform(0.18, 0.82) };
  const painters: Record<CarpetDefect, () => void> = {
    color: () => paintDye(canvas, random, site),
    cut: () => paintCut(canvas, random, site),
    hole: () => paintHole(canvas, random, site),
    metal_contamination: () => paintMetal(canvas, random, site),
    thread: () => paintThread(canvas, random, site),
  };
  painters[defect]();
}

/** A dye that soaked in: the weave stays visible. */
function paintDye(canvas: Canvas, random: Random, site: Point): void {
  const noise = createNoise(random);
  const [r, g, b] = random.pick(DYES);
  const radius = random.uniform(0.035, 0.085);
  const strength = random.uniform(0.35, 0.85);
  paint(canvas, around(site.x, site.y, radius * 2), (pixel) => {
    const { x, y } = pixel;
    const distance = Math.hypot(x - site.x, y - site.y);
    const edge = radius * (1 + 0.45 * layeredNoiseAt(noise, x * 14, y * 14, 3)) - distance;
    const soaked = smoothstep(
      -0.2 * radius,
      0.35 * radius,
      edge + 0.008 * noiseAt(noise, x * 90, y * 90),
    );
    const amount = strength * soaked;
    pixel.r *= 1 + (r / 190 - 1) * amount;
    pixel.g *= 1 + (g / 190 - 1) * amount;
    pixel.b *= 1 + (b / 190 - 1) * amount;
  });
}

/** A slash: dark between parted yarns, cut ends standing up on both sides. */
function paintCut(canvas: Canvas, random: Random, site: Point): void {
  const noise = createNoise(random);
  const heading = random.uniform(-Math.PI, Math.PI);
  const length = random.uniform(0.13, 0.3);
  const width = random.uniform(0.005, 0.0095);
  const from = {
    x: site.x - (Math.cos(heading) * length) / 2,
    y: site.y - (Math.sin(heading) * length) / 2,
  };
  const line = wander(random, { from, heading, length, steps: 8, turn: 0.06 });
  const nearest: Nearest = { distance: 0, along: 0, side: 0 };
  paint(canvas, boundsOf(line, 0.04), (pixel) => {
    const { x, y } = pixel;
    measure(line, x, y, nearest);
    const belly = Math.sqrt(Math.sin(Math.PI * nearest.along) + 0.001);
    const run = nearest.along * length;
    const ragged = noiseAt(noise, run * 130, 7 * nearest.side) * 0.6;
    const half = width * belly * (1 + ragged);
    shade(pixel, 1 - 0.3 * smoothstep(half * 4, half, nearest.distance));
    cover(pixel, UNDERLAY, 0.88 * smoothstep(half * 1.15, half * 0.7, nearest.distance), 0.6);
    // Ends of cut yarns: short pale tufts, one per yarn.
    const tuft = smoothstep(0.15, 0.6, noiseAt(noise, run * 110 + 9, 20 + 3 * nearest.side));
    const reach = half + 0.007 * tuft * belly;
    const frayed =
      smoothstep(reach, reach * 0.6, nearest.distance) *
      smoothstep(half * 0.6, half, nearest.distance);
    cover(pixel, FIBRE, 0.65 * frayed * tuft);
  });
  paintLooseFibres(canvas, random, line, 0.025);
}

/** A few single fibres sticking out from a line of damage. */
function paintLooseFibres(
  canvas: Canvas,
  random: Random,
  line: readonly Point[],
  length: number,
): void {
  const count = 5 + random.integer(6);
  for (let i = 0; i < count; i++) {
    const fibre = wander(random, {
      from: random.pick(line),
      heading: random.uniform(-Math.PI, Math.PI),
      length: length * random.uniform(0.5, 1.2),
      steps: 6,
      turn: 0.4,
    });
    paintStrand(canvas, {
      line: fibre,
      half: 0.0014,
      colour: FIBRE,
      opacity: 0.6,
      shadow: 0.4,
      light: yarnLight(0),
    });
  }
}

/** The light on a spun yarn or a single fibre, seen from above. */
function yarnLight(twist: number) {
  return (across: number, along: number) =>
    1.04 - 0.35 * across * across + 0.16 * Math.sin(along * twist + across * 2);
}

/** The pile is gone: a ragged hole down to the dark backing. */
function paintHole(canvas: Canvas, random: Random, site: Point): void {
  const noise = createNoise(random);
  const radius = random.uniform(0.018, 0.045);
  const stretch = random.uniform(0.65, 1);
  paint(canvas, around(site.x, site.y, radius * 2.6), (pixel) => {
    const { x, y } = pixel;
    const distance = Math.hypot(x - site.x, (y - site.y) / stretch);
    const ragged = 0.3 * noiseAt(noise, x * 30, y * 30) + 0.18 * noiseAt(noise, x * 110, y * 110);
    const edge = radius * (1 + ragged) - distance;
    shade(pixel, 1 - 0.35 * smoothstep(-radius * 0.5, 0, edge));
    const mesh =
      0.75 + 0.35 * noiseAt(noise, x * 200, y * 60) + 0.3 * noiseAt(noise, x * 60, y * 200);
    cover(pixel, UNDERLAY, 0.92 * smoothstep(-0.002, radius * 0.25, edge), mesh);
  });
  const ring = Array.from({ length: 12 }, (_, i) => ({
    x: site.x + radius * 0.9 * Math.cos(i * 0.52),
    y: site.y + radius * 0.9 * stretch * Math.sin(i * 0.52),
  }));
  paintLooseFibres(canvas, random, ring, radius * 0.9);
}

/** A bent bit of wire or a chip: bright where it mirrors the lamp, dark where it does not. */
function paintMetal(canvas: Canvas, random: Random, site: Point): void {
  const line = wander(random, {
    from: site,
    heading: random.uniform(-Math.PI, Math.PI),
    length: random.uniform(0.045, 0.11),
    steps: 5,
    turn: random.uniform(0.02, 0.5),
  });
  const half = random.uniform(0.004, 0.008);
  const gleam = random.uniform(2, 7);
  const shift = random.uniform(0, 6);
  paintStrand(canvas, {
    line,
    half,
    colour: STEEL,
    shadow: 0.5,
    light(across, along) {
      const round = 1 - across * across;
      const mirror = Math.max(0, Math.sin(along * gleam + shift + across * 1.2)) ** 3;
      return 0.5 + 0.35 * round + 0.75 * mirror * (0.4 + 0.6 * round);
    },
  });
}

/** A loose yarn, curled on top of the weave. */
function paintThread(canvas: Canvas, random: Random, site: Point): void {
  const length = random.uniform(0.16, 0.45);
  const line = wander(random, {
    from: site,
    heading: Math.atan2(0.5 - site.y, 0.5 - site.x) + random.uniform(-0.8, 0.8),
    length,
    steps: 24,
    turn: random.uniform(0.1, 0.3),
  });
  const grey = random.uniform(190, 240);
  const half = random.uniform(0.0028, 0.005);
  paintStrand(canvas, {
    line,
    half,
    colour: [grey, grey * 0.985, grey * 0.95],
    opacity: 0.92,
    shadow: 0.4,
    light: yarnLight((length / half) * 0.7),
  });
}

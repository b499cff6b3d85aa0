/** Plane geometry for painting: soft edges, distances, wandering lines. */
import type { Random } from '../../core/random.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Where the nearest point of a polyline lies, seen from (x, y). */
export interface Nearest {
  distance: number;
  /** From 0 at the line's start to 1 at its end. */
  along: number;
  /** Positive on one side of the line, negative on the other. */
  side: number;
}

/** Measures into `nearest`, so that no object is made for each pixel. */
export function measure(line: readonly Point[], x: number, y: number, nearest: Nearest): void {
  let best = Number.POSITIVE_INFINITY;
  const segments = line.length - 1;
  for (let i = 0; i < segments; i++) {
    const start = line[i]!;
    const dx = line[i + 1]!.x - start.x;
    const dy = line[i + 1]!.y - start.y;
    const px = x - start.x;
    const py = y - start.y;
    const t = clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0, 1);
    const squared = (px - t * dx) ** 2 + (py - t * dy) ** 2;
    if (squared < best) {
      best = squared;
      nearest.along = (i + t) / segments;
      nearest.side = Math.sign(dx * py - dy * px);
    }
  }
  nearest.distance = Math.sqrt(best);
}

export interface Walk {
  readonly from: Point;
  /** Direction of the first step in radians. */
  readonly heading: number;
  readonly length: number;
  readonly steps: number;
  /** Standard deviation of the turn at each step, in radians. */
  readonly turn: number;
  /** Share of each turn that is straightened out again; 0 curls freely, 1 zigzags. */
  readonly recoil?: number;
}

/** A line that wanders: cracks (much recoil) and threads (none). */
export function wander(
  random: Random,
  { from, heading, length, steps, turn, recoil = 0 }: Walk,
): Point[] {
  const line: Point[] = [from];
  let { x, y } = from;
  let swerve = 0;
  for (let step = 0; step < steps; step++) {
    swerve = swerve * (1 - recoil) + turn * random.normal();
    x += (Math.cos(heading + swerve) * length) / steps;
    y += (Math.sin(heading + swerve) * length) / steps;
    line.push({ x, y });
  }
  return line;
}

/** The smallest box around the points, widened by a margin. */
export function boundsOf(points: readonly Point[], margin: number) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    left: Math.min(...xs) - margin,
    top: Math.min(...ys) - margin,
    right: Math.max(...xs) + margin,
    bottom: Math.max(...ys) + margin,
  };
}

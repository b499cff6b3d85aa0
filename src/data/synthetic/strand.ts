/** Round strands lying on a surface: yarns, fibres, wires, the teeth of a zipper. */
import { type Canvas, type Colour, cover, paint, shade } from './canvas.ts';
import { boundsOf, measure, type Nearest, type Point, smoothstep } from './shape.ts';

export interface Strand {
  readonly line: readonly Point[];
  /** Half the thickness, in image sides. */
  readonly half: number;
  readonly colour: Colour;
  readonly opacity?: number;
  /** Share of light lost in the strand's shadow, which falls to the lower right. */
  readonly shadow: number;
  /** Light on the strand; `across` runs from -1 to 1, `along` from 0 to 1. */
  readonly light: (across: number, along: number) => number;
}

export function paintStrand(canvas: Canvas, strand: Strand): void {
  const { line, half, colour, opacity = 1, shadow, light } = strand;
  const nearest: Nearest = { distance: 0, along: 0, side: 0 };
  const soft = 0.6 / canvas.size;
  paint(canvas, boundsOf(line, half * 4), (pixel) => {
    const { x, y } = pixel;
    measure(line, x - half * 0.9, y - half * 1.1, nearest);
    shade(pixel, 1 - shadow * opacity * smoothstep(half * 2.2, half * 0.6, nearest.distance));
    measure(line, x, y, nearest);
    const solid = smoothstep(half + soft, half - soft, nearest.distance);
    if (solid === 0) return;
    const across = (nearest.distance * nearest.side) / half;
    cover(pixel, colour, opacity * solid, light(across, nearest.along));
  });
}

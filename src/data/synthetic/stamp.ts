/** Letters made of strokes, for stamped marks. */
import { measure, type Nearest, type Point, smoothstep } from './shape.ts';

/** Strokes in a cell from (0, 0), top left, to (0.7, 1). */
const LETTERS: Readonly<Record<string, readonly (readonly Point[])[]>> = {
  K: [
    [at(0, 0), at(0, 1)],
    [at(0.65, 0), at(0.05, 0.55)],
    [at(0.2, 0.42), at(0.68, 1)],
  ],
  N: [[at(0, 1), at(0, 0), at(0.65, 1), at(0.65, 0)]],
  O: [
    Array.from({ length: 13 }, (_, i) => {
      const angle = (i / 12) * 2 * Math.PI;
      return at(0.35 + 0.35 * Math.sin(angle), 0.5 - 0.5 * Math.cos(angle));
    }),
  ],
  X: [
    [at(0, 0), at(0.68, 1)],
    [at(0.68, 0), at(0, 1)],
  ],
};

function at(x: number, y: number): Point {
  return { x, y };
}

export interface Stamp {
  /** No ink further than this from the centre. */
  readonly reach: number;
  /** How much ink lies at a place, 0 to 1. */
  readonly ink: (x: number, y: number) => number;
}

/**
 * @param letters of the alphabet K, N, O, X
 * @param height of a letter, in image sides
 */
export function createStamp(letters: string, centre: Point, height: number, angle: number): Stamp {
  const pitch = 0.95;
  const width = letters.length * pitch - (pitch - 0.7);
  const strokes = [...letters].flatMap((letter, i) =>
    LETTERS[letter]!.map((stroke) =>
      stroke.map(({ x, y }) => at(x + i * pitch - width / 2, y - 0.5)),
    ),
  );
  const cos = Math.cos(angle) / height;
  const sin = Math.sin(angle) / height;
  const nearest: Nearest = { distance: 0, along: 0, side: 0 };
  return {
    reach: height * (width / 2 + 0.7),
    ink(x, y) {
      const dx = x - centre.x;
      const dy = y - centre.y;
      const u = dx * cos + dy * sin;
      const v = dy * cos - dx * sin;
      let ink = 0;
      for (const stroke of strokes) {
        measure(stroke, u, v, nearest);
        ink = Math.max(ink, smoothstep(0.15, 0.09, nearest.distance));
      }
      return ink;
    },
  };
}

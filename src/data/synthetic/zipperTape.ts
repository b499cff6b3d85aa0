/** The tapes of a zipper: woven, a little wavy at their edges, sunk towards the chain. */
import { type Canvas, paintRows, WHOLE } from './canvas.ts';
import { grainAt, noiseAt } from './noise.ts';
import { clamp, smoothstep } from './shape.ts';
import { CHAIN_HALF_WIDTH, middleAt, type Side, type ZipperScene } from './zipperScene.ts';

/** Over-exposed, as in the photographs: white whatever the light. */
const BACKDROP = 320;

/** Paints the whole canvas: the white behind, both tapes, the bed of the chain. */
export function paintTapes(canvas: Canvas, scene: ZipperScene): void {
  const soft = 0.8 / canvas.size;
  paintRows(canvas, WHOLE, (y) => {
    const middle = middleAt(scene, y);
    const opening = scene.opening(y);
    const [left, right] = edgesAt(scene, y);
    return (pixel) => {
      const u = pixel.x - middle;
      const reach = Math.abs(u);
      const edge = u < 0 ? left : right;
      const inside = smoothstep(edge + soft, edge - soft, reach);
      let level = BACKDROP;
      if (inside > 0) {
        // An open chain pushes the fabric beside it together.
        const squeezed = opening === 0 ? 0 : opening * smoothstep(0.125, 0.05, reach);
        const woven = u < 0 ? u + squeezed : u - squeezed;
        const bed = smoothstep(CHAIN_HALF_WIDTH + 0.004, CHAIN_HALF_WIDTH - 0.006, Math.abs(woven));
        const cord = bed === 0 ? 0 : cordLight(scene, woven, y);
        const hem = 1 - 0.35 * smoothstep(edge - 0.006, edge, reach);
        const tape = bed === 1 ? 0 : tapeLight(scene, woven, y) * hem;
        level += (tape + (cord - tape) * bed - level) * inside;
      }
      pixel.r = level;
      pixel.g = level;
      pixel.b = level * 1.01;
    };
  });
}

/** Half the width on the left and on the right: wavy, with the ends of the crossing yarns. */
function edgesAt({ drift, halfWidth, edgeLoss }: ZipperScene, y: number): [number, number] {
  const wave = (side: Side) =>
    0.004 * noiseAt(drift, y * 5, side * 7) + 0.0016 * noiseAt(drift, y * 95, side * 3);
  return [halfWidth[0] + wave(-1) - edgeLoss(-1, y), halfWidth[1] + wave(1) - edgeLoss(1, y)];
}

/** The grey level under the teeth: the cord they are sewn to, in the dark. */
function cordLight({ grain }: ZipperScene, u: number, v: number): number {
  return 42 + 12 * grainAt(grain, u * 90, v * 160) + 9 * Math.cos(u * 260);
}

const ROW = 0.0148;
const COLUMN = 0.0112;

/**
 * The grey level of the tape. Yarns run along it, each covered in turn by short crossing floats;
 * the gaps between them are dark dashes, some long, some hardly there.
 */
function tapeLight({ drift, grain, tape }: ZipperScene, u: number, v: number): number {
  const columnAt = (u + 0.0022 * grainAt(grain, u * 25, v * 30)) / COLUMN;
  const column = Math.floor(columnAt);
  const rowAt = (v + 0.003 * noiseAt(drift, u * 14, v * 9)) / ROW + 0.5 * ((column >> 1) & 1);
  const row = Math.floor(rowAt);
  const inRow = rowAt - row;
  const inColumn = columnAt - column;
  const dash = clamp(0.4 + 1.1 * grainAt(grain, column * 1.9, row * 3.1), 0, 1.1);
  const upright = clamp(0.55 + 1.2 * grainAt(grain, column * 2.7 + 40, row * 1.4), 0, 1.1);
  const rowGap = smoothstep(0.2, 0.03, Math.abs(inRow - 0.7)) * dash;
  const columnGap = smoothstep(0.27, 0.04, Math.abs(inColumn - 0.5)) * upright;
  // The lamp stands above: what lies just below a gap is lit.
  const lit = 0.2 * smoothstep(0.22, 0.04, Math.abs(inRow - 0.95)) * dash;
  const relief = 0.07 * Math.cos(2 * Math.PI * inColumn) + 0.05 * Math.cos(2 * Math.PI * inRow - 1);
  const fibres = 0.1 * grainAt(grain, u * 210, v * 300) + 0.07 * grainAt(grain, u * 420, v * 420);
  const broad = 0.06 * noiseAt(drift, u * 6, v * 6) + 0.03 * grainAt(grain, u * 22, v * 22);
  const reach = Math.abs(u);
  const sunk = 0.26 * smoothstep(0.098, 0.062, reach);
  const ribs = smoothstep(0.105, 0.08, reach);
  const rib = ribs === 0 ? 0 : 0.11 * ribs * Math.cos(reach * 900);
  const gaps = 0.4 * Math.max(rowGap, columnGap);
  return tape * (1.08 - gaps + lit + relief + fibres + broad - sunk + rib);
}

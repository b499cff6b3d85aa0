/** Pictures for tests of pages: photographs, masks and maps that can be told apart by their names. */
import { encodePng } from '../../src/image/encodeImage.ts';

const EDGE = 64;
type Colour = readonly [number, number, number];

/** A spot on a gradient; its mask white on black, its map from blue to red. */
export async function readPagePicture(file: string): Promise<Uint8Array> {
  const colour = file.includes('mask') ? maskColour : file.includes('map') ? mapColour : photograph;
  const data = Uint8Array.from({ length: 3 * EDGE * EDGE }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return colour(pixel % EDGE, Math.floor(pixel / EDGE))[i % 3]!;
  });
  return encodePng({ width: EDGE, height: EDGE, data });
}

const distance = (x: number, y: number): number => Math.hypot(x - 30, y - 36);

const maskColour = (x: number, y: number): Colour =>
  distance(x, y) < 12 ? [255, 255, 255] : [0, 0, 0];

function mapColour(x: number, y: number): Colour {
  const heat = Math.exp(-(distance(x, y) ** 2) / 200);
  return [255 * heat, 80 * heat, 255 * (1 - heat)];
}

const photograph = (x: number, y: number): Colour =>
  distance(x, y) < 10 ? [60, 40, 30] : [120 + x, 100 + y, 90];

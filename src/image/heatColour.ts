/**
 * The heat map's colours: black, violet, red, orange, pale yellow, each step lighter than the one
 * before to the eye, so that the order survives grey print and colour blindness.
 *
 * A path through OKLCH (B. Ottosson, "A perceptual color space for image processing", 2020):
 * lightness 0.10 + 0.87 t, hue 290 + 175 t degrees, chroma 0.22, reduced to what sRGB can show.
 */
import type { Colour } from './paint.ts';

const STEPS = 256;
const TABLE: readonly Colour[] = Array.from({ length: STEPS }, (_, i) => colourAt(i / (STEPS - 1)));

/** @param heat 0 (coldest) to 1 (hottest); values outside are clamped */
export function heatColour(heat: number): Colour {
  return TABLE[Math.round(Math.min(Math.max(heat, 0), 1) * (STEPS - 1))]!;
}

function colourAt(t: number): Colour {
  const lightness = 0.1 + 0.87 * t;
  const hue = ((290 + 175 * t) * Math.PI) / 180;
  let inside = 0;
  let outside = 0.22;
  for (let i = 0; i < 20; i++) {
    const chroma = (inside + outside) / 2;
    if (isInGamut(linearRgb(lightness, chroma, hue))) inside = chroma;
    else outside = chroma;
  }
  const [red, green, blue] = linearRgb(lightness, inside, hue);
  return [encodeChannel(red), encodeChannel(green), encodeChannel(blue)];
}

/** OKLCH to linear-light sRGB, with the matrices of Ottosson's page. */
function linearRgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isInGamut(rgb: readonly number[]): boolean {
  return rgb.every((value) => value >= 0 && value <= 1);
}

/** The transfer function of sRGB (IEC 61966-2-1). */
function encodeChannel(linear: number): number {
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

/**
 * Time and memory of the pixel metrics on a data set of published size: by default 100 images of
 * 1024 x 1024, half of them with defects. Wanted: under 60 s and 1.5 GB, inputs included.
 *
 *     npm run bench -- pixelMetrics [images] [size]
 */
import { createRandom, type Random } from '../src/core/random.ts';
import { pixelMetrics } from '../src/metrics/pixelMetrics.ts';
import type { PixelImage } from '../src/metrics/pixelScores.ts';

const GRID = 28;

/** Smooth noise as a patch-based detector gives it: a grid of patch scores, upsampled bilinearly. */
function smoothMap(size: number, random: Random): Float32Array {
  const grid = Float64Array.from({ length: GRID * GRID }, () => 1 + 0.2 * random.normal());
  const scores = new Float32Array(size * size);
  const cells = (GRID - 1) / (size - 1);
  for (let y = 0; y < size; y++) {
    const row = Math.min(GRID - 2, Math.floor(y * cells));
    const down = y * cells - row;
    for (let x = 0; x < size; x++) {
      const column = Math.min(GRID - 2, Math.floor(x * cells));
      const right = x * cells - column;
      const at = row * GRID + column;
      const top = grid[at]! * (1 - right) + grid[at + 1]! * right;
      const bottom = grid[at + GRID]! * (1 - right) + grid[at + GRID + 1]! * right;
      scores[y * size + x] = top * (1 - down) + bottom * down;
    }
  }
  return scores;
}

/** Adds a round defect to the mask and, wider and softer than the truth, to the map. */
function addDefect(image: PixelImage, random: Random): void {
  const { width: size, scores, mask } = image;
  const radius = size * random.uniform(0.04, 0.12);
  const height = random.uniform(0.1, 1);
  const centreX = random.uniform(radius, size - radius);
  const centreY = random.uniform(radius, size - radius);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = Math.hypot(x - centreX, y - centreY) / radius;
      if (distance > 2.5) continue;
      if (distance <= 1) mask[y * size + x] = 1;
      scores[y * size + x]! += height * Math.exp(-(distance ** 2));
    }
  }
}

function makeImages(count: number, size: number): PixelImage[] {
  const random = createRandom('pixelMetrics');
  return Array.from({ length: count }, (_, index) => {
    const image: PixelImage = {
      width: size,
      height: size,
      scores: smoothMap(size, random),
      mask: new Uint8Array(size * size),
    };
    const defects = index % 2 === 0 ? 0 : 1 + random.integer(4);
    for (let i = 0; i < defects; i++) addDefect(image, random);
    return image;
  });
}

const peakMegabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);

const [count = 100, size = 1024] = process.argv.slice(2).map(Number);
const images = makeImages(count, size);
const inputPeak = peakMegabytes();
const started = performance.now();
const metrics = await pixelMetrics(images);
const seconds = (performance.now() - started) / 1000;
const defective = images.reduce((sum, { mask }) => sum + mask.reduce((a, b) => a + b, 0), 0);
const figures = {
  images: `${count} of ${size} x ${size}`,
  defectiveShare: defective / (count * size * size),
  seconds: Number(seconds.toFixed(2)),
  peakMegabytes: peakMegabytes(),
  peakMegabytesOfInputs: inputPeak,
  ...metrics,
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);

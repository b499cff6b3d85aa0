/** Gabor filters in quadrature: waves under a Gaussian window. */
import { float32, type Tensor } from '../tensor/elementType.ts';

export const ORIENTATIONS = 8;
/** In pixels of the octave. */
export const WAVELENGTHS: readonly number[] = [4, 4 * Math.SQRT2];
/** Half the filters' size less one, in pixels. */
export const GABOR_RADIUS = 5;

/** Window's standard deviation over the wavelength: a bandwidth of about 1.4 octaves. */
const WINDOW = 0.45;

/**
 * Even (cosine) filters first, then odd ones, each wavelength by wavelength and orientation by
 * orientation: float32 [2 * wavelengths * orientations, 1, size, size]. Each sums to zero, so
 * that even light gives nothing, and answers a unit wave at its centre frequency with about 1.
 */
export function gaborFilters(): Tensor {
  const size = 2 * GABOR_RADIUS + 1;
  const even: number[][] = [];
  const odd: number[][] = [];
  for (const wavelength of WAVELENGTHS) {
    for (let k = 0; k < ORIENTATIONS; k++) {
      const { cosine, sine } = gaborPair(wavelength, (k * Math.PI) / ORIENTATIONS);
      even.push(cosine);
      odd.push(sine);
    }
  }
  const values = [...even, ...odd];
  return float32(Float32Array.from(values.flat()), [values.length, 1, size, size]);
}

function gaborPair(wavelength: number, angle: number): { cosine: number[]; sine: number[] } {
  const sigma = WINDOW * wavelength;
  const window: number[] = [];
  const phase: number[] = [];
  for (let y = -GABOR_RADIUS; y <= GABOR_RADIUS; y++) {
    for (let x = -GABOR_RADIUS; x <= GABOR_RADIUS; x++) {
      window.push(Math.exp(-(x * x + y * y) / (2 * sigma * sigma)));
      phase.push((2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / wavelength);
    }
  }
  const total = sum(window);
  // The constant that makes the cosine filter blind to even light.
  const level = sum(window.map((w, i) => w * Math.cos(phase[i]!))) / total;
  const scale = 2 / total;
  return {
    cosine: window.map((w, i) => scale * w * (Math.cos(phase[i]!) - level)),
    sine: window.map((w, i) => scale * w * Math.sin(phase[i]!)),
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

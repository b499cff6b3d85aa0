/** From a painted scene to a photograph: exposure, colour cast, uneven light, sensor noise. */
import { createRandom, type Random } from '../../core/random.ts';
import type { RgbImage } from '../../image/image.ts';
import type { Canvas } from './canvas.ts';

export interface Light {
  /** Exposure, as a factor. */
  readonly gain: number;
  /** Factors of red, green and blue. */
  readonly cast: readonly [number, number, number];
  /** Relative change of light from the centre to an edge, along x and along y. */
  readonly slope: readonly [number, number];
  /** Relative loss of light at an edge's middle. */
  readonly vignette: number;
  /** Standard deviation of the sensor noise in grey levels. */
  readonly noise: number;
}

/** How much the light changes from one photograph of a product to the next. */
export interface LightVariation {
  readonly gain: number;
  readonly cast: number;
  readonly slope: number;
  readonly noise: number;
}

export function drawLight(random: Random, { gain, cast, slope, noise }: LightVariation): Light {
  const near = (spread: number) => random.uniform(-spread, spread);
  return {
    gain: 1 + near(gain),
    cast: [1 + near(cast), 1, 1 + near(cast)],
    slope: [near(slope), near(slope)],
    vignette: random.uniform(0, slope),
    noise: noise * random.uniform(0.7, 1.3),
  };
}

/**
 * Takes the photograph; the same `random` gives the same sensor noise whatever the scene.
 * Values are rounded and clipped to 0..255.
 */
export function photograph({ size, data }: Canvas, light: Light, random: Random): RgbImage {
  const image = new Uint8ClampedArray(data.length);
  const { gain, vignette, noise } = light;
  const [red, green, blue] = light.cast;
  const [slopeX, slopeY] = light.slope;
  sensorNoise ??= drawSensorNoise();
  const grains = sensorNoise;
  for (let row = 0; row < size; row++) {
    const y = ((row + 0.5) / size) * 2 - 1;
    const start = random.integer(SENSOR_DRAWS);
    for (let column = 0; column < size; column++) {
      const x = ((column + 0.5) / size) * 2 - 1;
      const falloff = 1 - vignette * (x * x + y * y);
      const exposure = gain * (1 + slopeX * x + slopeY * y) * falloff;
      const at = (row * size + column) * 3;
      const draw = start + column * 3;
      image[at] = data[at]! * exposure * red + noise * grains[draw & SENSOR_WRAP]!;
      image[at + 1] = data[at + 1]! * exposure * green + noise * grains[(draw + 1) & SENSOR_WRAP]!;
      image[at + 2] = data[at + 2]! * exposure * blue + noise * grains[(draw + 2) & SENSOR_WRAP]!;
    }
  }
  return { width: size, height: size, data: new Uint8Array(image.buffer) };
}

// Drawing normals for every pixel would cost more than painting it: rows start at random places
// of one fixed sequence instead.
const SENSOR_DRAWS = 1 << 16;
const SENSOR_WRAP = SENSOR_DRAWS - 1;
let sensorNoise: Float32Array | undefined;

function drawSensorNoise(): Float32Array {
  const random = createRandom('sensor');
  return Float32Array.from({ length: SENSOR_DRAWS }, () => random.normal());
}

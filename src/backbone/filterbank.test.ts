import { expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import { asFloat32, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { openSession } from '../tensor/session/session.ts';
import { createFilterbank } from './filterbank.ts';
import { GABOR_RADIUS, gaborFilters, ORIENTATIONS, WAVELENGTHS } from './gabor.ts';

const SIZE = 128;
const GRID = SIZE / 8;
const CHANNELS = 207;

/** @param pixel grey levels of R, G and B at (x, y) */
async function features(pixel: (x: number, y: number) => readonly number[]): Promise<Float32Array> {
  const graph = createGraph('features');
  const image = graph.input('image', 'float32', ['N', 3, SIZE, SIZE]);
  const [output] = await createFilterbank().build(image, ['filterbank']);
  expect(output!.shape).toEqual(['N', CHANNELS, GRID, GRID]);
  graph.output('y', output!);
  await using session = await openSession(encodeModel(graph.toModel()));
  const data = new Float32Array(3 * SIZE * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      pixel(x, y).forEach((level, c) => {
        data[(c * SIZE + y) * SIZE + x] = level;
      });
    }
  }
  const { y } = await session.run({ image: float32(data, [1, 3, SIZE, SIZE]) });
  return asFloat32(y!);
}

const at = (map: Float32Array, channel: number, row: number, column: number) =>
  map[(channel * GRID + row) * GRID + column]!;

/** Channels are the 3 colours, then for each octave 48 energies and 3 low-passes. */
const energyChannel = (octave: number, colour: number, wavelength: number, orientation: number) =>
  3 + octave * 51 + (colour * WAVELENGTHS.length + wavelength) * ORIENTATIONS + orientation;

it('answers even light with its colour alone', async () => {
  const map = await features(() => [200, 100, 40]);
  expect(at(map, 0, 8, 8)).toBeCloseTo(340 / Math.sqrt(3), 2);
  expect(at(map, 1, 8, 8)).toBeCloseTo(100 / Math.sqrt(2), 2);
  expect(at(map, 2, 8, 8)).toBeCloseTo(220 / Math.sqrt(6), 2);
  // Where an energy is nothing but its floor, its sixth root is 0.001 ** (1 / 6) = 0.316.
  expect(at(map, energyChannel(0, 0, 0, 0), 8, 8)).toBeCloseTo(0.316, 1);
});

it.each(WAVELENGTHS.map((wavelength, i) => [i, wavelength] as const))(
  'answers a wave most in the channel of its own wavelength and orientation (%i)',
  async (index, wavelength) => {
    const orientation = 3;
    const angle = (orientation * Math.PI) / ORIENTATIONS;
    const map = await features((x, y) => {
      const phase = (2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle))) / wavelength;
      return [1, 1, 1].map((one) => one * (128 + 40 * Math.cos(phase)));
    });
    const answers = WAVELENGTHS.flatMap((_, w) =>
      Array.from({ length: ORIENTATIONS }, (_, k) => at(map, energyChannel(0, 0, w, k), 8, 8)),
    );
    const strongest = answers.indexOf(Math.max(...answers));
    expect(strongest).toBe(index * ORIENTATIONS + orientation);
    // The filters have unit gain: the amplitude is that of the wave, sqrt(3) x 40 in luminance.
    expect(answers[strongest]! ** 3).toBeCloseTo(40 * Math.sqrt(3), -1);
  },
);

it('turns with the image: a quarter turn moves each orientation by four', async () => {
  const random = createRandom('texture');
  const grey = Float32Array.from({ length: SIZE * SIZE }, () => 255 * random.next());
  const upright = await features((x, y) => [1, 1, 1].map(() => grey[y * SIZE + x]!));
  // Turned clockwise: what was at (column x, row y) is at (SIZE - 1 - y, x).
  const turned = await features((x, y) => [1, 1, 1].map(() => grey[(SIZE - 1 - x) * SIZE + y]!));
  for (let k = 0; k < ORIENTATIONS; k++) {
    const before = energyChannel(2, 0, 1, k);
    const after = energyChannel(2, 0, 1, (k + ORIENTATIONS / 2) % ORIENTATIONS);
    for (let row = 0; row < GRID; row++) {
      for (let column = 0; column < GRID; column++) {
        expect(at(turned, after, column, GRID - 1 - row)).toBeCloseTo(
          at(upright, before, row, column),
          3,
        );
      }
    }
  }
});

it('has filters blind to even light, each pair a quarter wave apart', () => {
  const { dims, data } = gaborFilters();
  const size = (2 * GABOR_RADIUS + 1) ** 2;
  const half = dims[0]! / 2;
  const filter = (i: number) => Array.from(data.subarray(i * size, (i + 1) * size) as Float32Array);
  for (let i = 0; i < half; i++) {
    const [even, odd] = [filter(i), filter(i + half)];
    expect(even.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 5);
    expect(odd.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 5);
    expect(even.reduce((sum, weight, j) => sum + weight * odd[j]!, 0)).toBeCloseTo(0, 5);
  }
});

it('computes what its description says, done plainly in float64', async () => {
  const size = 48;
  const random = createRandom('plain');
  const pixels = Float32Array.from({ length: 3 * size * size }, () => random.integer(256));
  const graph = createGraph('features');
  const image = graph.input('image', 'float32', ['N', 3, size, size]);
  const [output] = await createFilterbank().build(image, ['filterbank']);
  graph.output('y', output!);
  await using session = await openSession(encodeModel(graph.toModel()));
  const { y } = await session.run({ image: float32(pixels, [1, 3, size, size]) });
  const found = asFloat32(y!);
  const expected = plainFeatures(pixels, size);
  expect(found.length).toBe(expected.length);
  const error = expected.reduce(
    (worst, value, i) =>
      Math.max(worst, Math.abs(found[i]! - value) / Math.max(1, Math.abs(value))),
    0,
  );
  expect(error).toBeLessThan(1e-4);
});

type Plane = (x: number, y: number) => number;

/** Colours, then octave by octave energies, wavelength by wavelength, and low-passes. */
function plainFeatures(pixels: Float32Array, size: number): number[] {
  const channel = (c: number) => stored(size, (x, y) => pixels[(c * size + y) * size + x]!);
  const [r, g, b] = [channel(0), channel(1), channel(2)];
  let planes = [
    stored(size, (x, y) => (r(x, y) + g(x, y) + b(x, y)) / Math.sqrt(3)),
    stored(size, (x, y) => (r(x, y) - g(x, y)) / Math.sqrt(2)),
    stored(size, (x, y) => (r(x, y) + g(x, y) - 2 * b(x, y)) / Math.sqrt(6)),
  ];
  const { data } = gaborFilters();
  const filters = Array.from({ length: 32 }, (_, i) => data.subarray(121 * i, 121 * (i + 1)));
  const features = planes.flatMap((plane) => cells(plane, size, 8));
  for (let side = size, cell = 8; cell >= 1; side /= 2, cell /= 2) {
    const stride = cell >= 4 ? 2 : 1;
    for (const plane of planes) {
      for (let i = 0; i < 16; i++) {
        const energy = (x: number, y: number) => {
          const even = answer(plane, side, filters[i]! as Float32Array, x * stride, y * stride);
          const odd = answer(plane, side, filters[i + 16]! as Float32Array, x * stride, y * stride);
          return (even ** 2 + odd ** 2 + 1e-3) ** (1 / 6);
        };
        features.push(...cells(energy, side / stride, cell / stride));
      }
    }
    const line = [1, 4, 6, 4, 1];
    const square = Float32Array.from(line.flatMap((v) => line.map((w) => (v * w) / 256)));
    const smooth = planes.map((plane) => stored(side, (x, y) => answer(plane, side, square, x, y)));
    features.push(...smooth.flatMap((plane) => cells(plane, side, cell)));
    planes = smooth.map((plane) => (x, y) => mean(plane, 2 * x, 2 * y, 2));
    planes = planes.map((plane) => stored(side / 2, plane));
  }
  return features;
}

function stored(side: number, plane: Plane): Plane {
  const values = Float64Array.from({ length: side * side }, (_, i) =>
    plane(i % side, Math.floor(i / side)),
  );
  return (x, y) => values[y * side + x]!;
}

/** The filter's answer at a place; beyond the border the plane is mirrored. */
function answer(plane: Plane, side: number, filter: Float32Array, x: number, y: number): number {
  const width = Math.sqrt(filter.length);
  const radius = (width - 1) / 2;
  const inside = (i: number) => (i < 0 ? -i : i >= side ? 2 * side - 2 - i : i);
  return filter.reduce((sum, weight, i) => {
    const dx = (i % width) - radius;
    const dy = Math.floor(i / width) - radius;
    return sum + weight * plane(inside(x + dx), inside(y + dy));
  }, 0);
}

function mean(plane: Plane, x: number, y: number, cell: number): number {
  let sum = 0;
  for (let i = 0; i < cell * cell; i++) sum += plane(x + (i % cell), y + Math.floor(i / cell));
  return sum / cell ** 2;
}

const cells = (plane: Plane, side: number, cell: number): number[] =>
  Array.from({ length: (side / cell) ** 2 }, (_, i) => {
    const across = side / cell;
    return mean(plane, (i % across) * cell, Math.floor(i / across) * cell, cell);
  });

it('refuses sizes that do not divide into cells, and layers it does not have', async () => {
  const image = createGraph('odd').input('image', 'float32', ['N', 3, 100, 128]);
  await expect(createFilterbank().build(image, ['filterbank'])).rejects.toThrow(/multiples of 8/);
  const small = createGraph('small').input('image', 'float32', ['N', 3, 40, 128]);
  await expect(createFilterbank().build(small, ['filterbank'])).rejects.toThrow(/at least 48/);
  const smallest = createGraph('smallest').input('image', 'float32', ['N', 3, 48, 48]);
  const [layer] = await createFilterbank().build(smallest, ['filterbank']);
  expect(layer!.shape).toEqual(['N', CHANNELS, 6, 6]);
  const whole = createGraph('layer').input('image', 'float32', ['N', 3, 128, 128]);
  await expect(createFilterbank().build(whole, ['layer2'])).rejects.toThrow(/has no layer layer2/);
});

it('names groups that are all of its channels', () => {
  const groups = createFilterbank().channelGroups!.filterbank!;
  expect(groups.map(({ name }) => name)).toEqual([
    'colour',
    'octave 1',
    'octave 2',
    'octave 3',
    'octave 4',
  ]);
  // The second octave begins where its first energy lies.
  const before = groups.slice(0, 2).reduce((sum, { channels }) => sum + channels, 0);
  expect(before).toBe(energyChannel(1, 0, 0, 0));
  expect(groups.reduce((sum, { channels }) => sum + channels, 0)).toBe(CHANNELS);
});

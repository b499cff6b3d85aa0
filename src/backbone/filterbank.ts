/**
 * The built-in backbone: oriented filters at four scales, no weights to download. Where an image
 * has edges, at which angle, how coarse, and in which colour, much as the first stages of vision
 * are modelled (Gabor energy: Adelson and Bergen 1985; opponent colours: Geusebroek et al. 2001).
 *
 * Each octave of a pyramid holds three opponent channels. Quadrature pairs of Gabor filters in 8
 * orientations and 2 wavelengths give local energies; a cube root keeps strong edges from
 * drowning faint ones; averaging over cells of 8 x 8 input pixels brings all octaves to one grid.
 * Beside the energies stand each octave's own low-pass and the three colours.
 */
import { inputError } from '../core/error.ts';
import { float32 } from '../tensor/elementType.ts';
import type { Value } from '../tensor/graph.ts';
import { exp, log, mul } from '../tensor/ops/elementwise.ts';
import { concat, reshape } from '../tensor/ops/layout.ts';
import { averagePool, conv, matmul, pad } from '../tensor/ops/neural.ts';
import type { Backbone, ChannelGroup } from './backbone.ts';
import { GABOR_RADIUS, gaborFilters, ORIENTATIONS, WAVELENGTHS } from './gabor.ts';
import { unknownLayer } from './unknownLayer.ts';

const LAYER = 'filterbank';
const OCTAVES = 4;
/** Input pixels a cell of the grid covers, in each direction. */
const CELL = 8;
/** So that the coarsest octave can be continued by its mirror image as far as the filters reach. */
const SMALLEST = CELL * Math.ceil(((GABOR_RADIUS + 1) * 2 ** (OCTAVES - 1)) / CELL);

/** The coarsest octave's filters reach 5 of its pixels, 40 of the image, its low-passes some more. */
const CONTEXT = 64;

/** Luminance, red-green and blue-yellow; rows of length one, so that each counts alike. */
const OPPONENT = [
  [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)],
  [1 / Math.sqrt(2), -1 / Math.sqrt(2), 0],
  [1 / Math.sqrt(6), 1 / Math.sqrt(6), -2 / Math.sqrt(6)],
].flat();

/** In the order in which `filterbank` lays them; octave 1 is the finest. */
const GROUPS: readonly ChannelGroup[] = [
  { name: 'colour', channels: 3 },
  ...Array.from({ length: OCTAVES }, (_, octave) => ({
    name: `octave ${octave + 1}`,
    channels: 3 * (ORIENTATIONS * WAVELENGTHS.length + 1),
  })),
];

/** Keeps the root finite in slope at zero, in grey levels squared: well below sensor noise. */
const ENERGY_FLOOR = 1e-3;

export function createFilterbank(): Backbone {
  return {
    name: 'filterbank',
    sha256: null,
    revision: 2,
    layers: [LAYER],
    defaultLayers: [LAYER],
    standardise: true,
    channelGroups: { [LAYER]: GROUPS },
    context: CONTEXT,
    weightBytes: 0,
    build: async (image, layers) => {
      for (const layer of layers)
        if (layer !== LAYER) throw unknownLayer('filterbank', layer, [LAYER]);
      const features = image.graph.scope('backbone', () => filterbank(image));
      return layers.map(() => features);
    },
  };
}

function filterbank(image: Value): Value {
  const [, , height, width] = image.shape as [unknown, unknown, number, number];
  const isWhole = height % CELL === 0 && width % CELL === 0;
  if (!isWhole || Math.min(height, width) < SMALLEST) throw unsuitableSize(height, width);
  let level = opponentColours(image);
  const parts: Value[] = [pooled(level, CELL)];
  for (let octave = 0; octave < OCTAVES; octave++) {
    const cell = CELL / 2 ** octave;
    // Energies vary no faster than the filters' window, so large cells need only every other one.
    const stride = cell >= 4 ? 2 : 1;
    parts.push(pooled(energies(level, stride), cell / stride));
    if (cell === 1) parts.push(binomial(level, LOW_PASS, 1));
    else {
      // The octave's low-pass over a cell is the next octave's mean over it.
      level = binomial(level, LOW_PASS_OF_TWO, 2);
      parts.push(pooled(level, cell / 2));
    }
  }
  return concat(parts, 1);
}

/** As a product of matrices: a convolution would have its three channels padded to sixteen. */
function opponentColours(image: Value): Value {
  const [, , height, width] = image.shape as [unknown, unknown, number, number];
  const opponent = image.graph.constant('opponent', float32(Float32Array.from(OPPONENT), [3, 3]));
  const pixels = reshape(image, [0, 3, height * width]);
  return reshape(matmul(opponent, pixels), [0, 3, height, width]);
}

/** Cube roots of the Gabor amplitudes, [N, 3 channels x wavelengths x orientations, h, w]. */
function energies(level: Value, stride: number): Value {
  const { graph } = level;
  const [, channels, height, width] = level.shape as [unknown, number, number, number];
  const bank = graph.constant('gabor', gaborFilters());
  const single = reshape(level, [-1, 1, height, width]);
  const responses = conv(pad(single, GABOR_RADIUS, 'reflect'), bank, { stride });
  const energy = sumOfPairs(mul(responses, responses));
  // The sixth root of the energy; exp and log are several times faster than pow.
  const roots = exp(mul(log(energy), 1 / 6));
  const count = ORIENTATIONS * WAVELENGTHS.length;
  return reshape(roots, [-1, channels * count, height / stride, width / stride]);
}

/**
 * Even filter's square plus odd one's plus the floor. A convolution is faster than slices and
 * sums: onnxruntime keeps its own memory layout from the filters to here.
 */
function sumOfPairs(squares: Value): Value {
  const { graph } = squares;
  const count = ORIENTATIONS * WAVELENGTHS.length;
  const weights = new Float32Array(count * 2 * count);
  for (let i = 0; i < count; i++) {
    weights[i * 2 * count + i] = 1;
    weights[i * 2 * count + count + i] = 1;
  }
  const pairs = graph.constant('pairs', float32(weights, [count, 2 * count, 1, 1]));
  const floor = new Float32Array(count).fill(ENERGY_FLOOR);
  const bias = graph.constant('energy_floor', float32(floor, [count]));
  return conv(squares, pairs, { bias });
}

const LOW_PASS = [1, 4, 6, 4, 1];
/** The low-pass, then the mean of two neighbours. */
const LOW_PASS_OF_TWO = [1, 5, 10, 10, 5, 1];

/** A binomial filter in both directions, of every `stride`-th place. */
function binomial(level: Value, line: readonly number[], stride: number): Value {
  const [, channels, height, width] = level.shape as [unknown, number, number, number];
  const total = line.reduce((sum, weight) => sum + weight, 0) ** 2;
  const kernel = Float32Array.from(line.flatMap((a) => line.map((b) => (a * b) / total)));
  const weights = level.graph.constant(
    'binomial',
    float32(kernel, [1, 1, line.length, line.length]),
  );
  const single = pad(reshape(level, [-1, 1, height, width]), 2, 'reflect');
  const filtered = conv(single, weights, { stride });
  return reshape(filtered, [-1, channels, height / stride, width / stride]);
}

function pooled(level: Value, cell: number): Value {
  return cell === 1 ? level : averagePool(level, { kernel: [cell, cell], stride: cell });
}

function unsuitableSize(height: number, width: number) {
  return inputError({
    what: 'the backbone filterbank cannot work at this size',
    expected: `a height and width that are multiples of ${CELL}, at least ${SMALLEST}`,
    found: `${height} x ${width} pixels`,
    remedy: 'choose --resize (or --crop) such as 224 or 256',
  });
}

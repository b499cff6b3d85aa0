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
import { add, exp, log, mul } from '../tensor/ops/elementwise.ts';
import { concat, reshape, slice } from '../tensor/ops/layout.ts';
import { averagePool, conv, pad } from '../tensor/ops/neural.ts';
import type { Backbone, ChannelGroup } from './backbone.ts';
import { GABOR_RADIUS, gaborFilters, ORIENTATIONS, WAVELENGTHS } from './gabor.ts';
import { unknownLayer } from './unknownLayer.ts';

const LAYER = 'filterbank';
const OCTAVES = 4;
/** Input pixels a cell of the grid covers, in each direction. */
const CELL = 8;
/** So that the coarsest octave can be continued by its mirror image as far as the filters reach. */
const SMALLEST = CELL * Math.ceil(((GABOR_RADIUS + 1) * 2 ** (OCTAVES - 1)) / CELL);

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
    layers: [LAYER],
    defaultLayers: [LAYER],
    standardise: true,
    channelGroups: { [LAYER]: GROUPS },
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
  const { graph } = image;
  const opponent = graph.constant('opponent', float32(Float32Array.from(OPPONENT), [3, 3, 1, 1]));
  let level = conv(image, opponent);
  const parts: Value[] = [pooled(level, CELL)];
  for (let octave = 0; octave < OCTAVES; octave++) {
    const cell = CELL / 2 ** octave;
    // Energies vary no faster than the filters' window, so large cells need only every other one.
    const stride = cell >= 4 ? 2 : 1;
    parts.push(pooled(energies(level, stride), cell / stride), pooled(lowPass(level), cell));
    if (octave < OCTAVES - 1) level = averagePool(lowPass(level), { kernel: [2, 2], stride: 2 });
  }
  return concat(parts, 1);
}

/** Cube roots of the Gabor amplitudes, [N, 3 channels x wavelengths x orientations, h, w]. */
function energies(level: Value, stride: number): Value {
  const { graph } = level;
  const [, channels, height, width] = level.shape as [unknown, number, number, number];
  const bank = graph.constant('gabor', gaborFilters());
  const single = reshape(level, [-1, 1, height, width]);
  const responses = conv(pad(single, GABOR_RADIUS, 'reflect'), bank, { stride });
  const count = ORIENTATIONS * WAVELENGTHS.length;
  const squares = mul(responses, responses);
  const energy = add(slice(squares, 1, 0, count), slice(squares, 1, count, 2 * count));
  // The sixth root of the energy; exp and log are several times faster than pow.
  const roots = exp(mul(log(add(energy, ENERGY_FLOOR)), 1 / 6));
  return reshape(roots, [-1, channels * count, height / stride, width / stride]);
}

/** Binomial filter [1 4 6 4 1] in both directions. */
function lowPass(level: Value): Value {
  const line = [1, 4, 6, 4, 1];
  const weights = line.flatMap((a) => line.map((b) => (a * b) / 256));
  const channels = level.shape[1] as number;
  const kernel = Float32Array.from({ length: 25 * channels }, (_, i) => weights[i % 25]!);
  const weight = level.graph.constant('binomial', float32(kernel, [channels, 1, 5, 5]));
  return conv(pad(level, 2, 'reflect'), weight, { groups: channels });
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

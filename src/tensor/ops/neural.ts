/** Operators of networks and of image processing: matrix product, convolution, pooling, resize. */

import { type Dim, type Shape, showShape } from '../dims.ts';
import { int64 } from '../elementType.ts';
import { shapeError, type Value } from '../graph.ts';
import { concat, dimensionOf, unsqueeze } from './layout.ts';
import { broadcast, compatible } from './shape.ts';

/** Matrix product over the last two axes; leading axes broadcast. */
export function matmul(a: Value, b: Value): Value {
  const inner = a.shape.at(-1);
  const against = b.shape.at(-2);
  if (inner === undefined || against === undefined || !compatible(inner, against)) {
    const found = `${showShape(a.shape)} (${a.name}) times ${showShape(b.shape)} (${b.name})`;
    throw shapeError('MatMul', 'equal inner dimensions', found);
  }
  const lead = broadcast('MatMul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...lead, a.shape.at(-2)!, b.shape.at(-1)!];
  return a.graph.node({ op: 'MatMul', inputs: [a, b], outputs: [{ type: a.type, shape }] })[0]!;
}

/** `scale` a bᵀ + `bias`, for matrices a [m, k] and b [n, k] and a bias [n]. */
export function scaledProduct(a: Value, b: Value, scale: number, bias: Value): Value {
  const fits = a.shape.length === 2 && b.shape.length === 2 && compatible(a.shape[1]!, b.shape[1]!);
  if (!fits) {
    const found = `${showShape(a.shape)} (${a.name}) and ${showShape(b.shape)} (${b.name})`;
    throw shapeError('Gemm', 'matrices with equally long rows', found);
  }
  return a.graph.node({
    op: 'Gemm',
    inputs: [a, b, bias],
    attributes: { transB: { int: 1 }, alpha: scale },
    outputs: [{ type: a.type, shape: [a.shape[0]!, b.shape[0]!] }],
  })[0]!;
}

export interface Window {
  readonly kernel: readonly [number, number];
  readonly stride?: number;
  /** Zeros on all four sides, or [above and below, left and right]. */
  readonly padding?: number | readonly [number, number];
}

function windowed(op: string, x: Value, window: Window) {
  const { kernel, stride = 1, padding = 0 } = window;
  if (x.shape.length !== 4) throw shapeError(op, 'an N x C x H x W input', showShape(x.shape));
  const [vertical, horizontal] = typeof padding === 'number' ? [padding, padding] : padding;
  const size = (input: Dim, length: number, pad: number, axis: string): Dim => {
    if (typeof input === 'string') return x.graph.freshName(`?${axis}`);
    const result = Math.floor((input + 2 * pad - length) / stride) + 1;
    if (result < 1) throw shapeError(op, `an input of at least ${length}`, showShape(x.shape));
    return result;
  };
  return {
    height: size(x.shape[2]!, kernel[0], vertical, 'h'),
    width: size(x.shape[3]!, kernel[1], horizontal, 'w'),
    attributes: {
      kernel_shape: kernel,
      strides: [stride, stride],
      pads: [vertical, horizontal, vertical, horizontal],
    },
  };
}

/** Convolution with weights [out, in / groups, h, w] and an optional bias [out]. */
export function conv(
  x: Value,
  weight: Value,
  options: { bias?: Value; groups?: number } & Omit<Window, 'kernel'> = {},
): Value {
  const [outChannels, inChannels, height, width] = weight.shape;
  const groups = options.groups ?? 1;
  if (typeof height !== 'number' || typeof width !== 'number' || typeof inChannels !== 'number') {
    throw shapeError('Conv', 'weights of known shape', showShape(weight.shape));
  }
  const window = windowed('Conv', x, { ...options, kernel: [height, width] });
  if (!compatible(x.shape[1]!, inChannels * groups)) {
    throw shapeError('Conv', `${inChannels * groups} channels`, showShape(x.shape));
  }
  return x.graph.node({
    op: 'Conv',
    inputs: options.bias === undefined ? [x, weight] : [x, weight, options.bias],
    attributes: { ...window.attributes, group: { int: groups } },
    outputs: [{ type: x.type, shape: [x.shape[0]!, outChannels!, window.height, window.width] }],
  })[0]!;
}

export function maxPool(x: Value, window: Window): Value {
  const { attributes, height, width } = windowed('MaxPool', x, window);
  const shape = [x.shape[0]!, x.shape[1]!, height, width];
  return x.graph.node({
    op: 'MaxPool',
    inputs: [x],
    attributes,
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

/** Zero padding counts as values, as in torch's AvgPool2d default. */
export function averagePool(x: Value, window: Window): Value {
  const { attributes, height, width } = windowed('AveragePool', x, window);
  return x.graph.node({
    op: 'AveragePool',
    inputs: [x],
    attributes: { ...attributes, count_include_pad: { int: 1 } },
    outputs: [{ type: x.type, shape: [x.shape[0]!, x.shape[1]!, height, width] }],
  })[0]!;
}

/** Resizes the last two axes as torch's `nearest` does: floor(i x scale). */
export function resizeNearest(x: Value, [height, width]: readonly [number, number]): Value {
  const shape = [...x.shape.slice(0, -2), height, width];
  return x.graph.node({
    op: 'Resize',
    inputs: [x, undefined, undefined, allSizes(x, shape)],
    attributes: {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    },
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

/**
 * The size of every axis, as a value. Resize could take those of two axes alone, but
 * onnxruntime 1.30 cannot move a Transpose past that form and then refuses the model.
 */
function allSizes(x: Value, shape: Shape): Value {
  const { graph } = x;
  if (shape.every((size) => typeof size === 'number')) return graph.constant('sizes', int64(shape));
  const sizes = shape.map((size, axis) =>
    typeof size === 'number'
      ? graph.constant('size', int64([size]))
      : unsqueeze(dimensionOf(x, axis), 0),
  );
  return concat(sizes, 0);
}

/**
 * Pads the last two axes by the same amount on each side.
 * `reflect` does not repeat the border pixel, `edge` repeats it, `zero` adds zeros.
 */
export function pad(x: Value, amount: number, border: 'reflect' | 'edge' | 'zero'): Value {
  const lead = x.shape.length - 2;
  const grow = (size: Dim): Dim =>
    typeof size === 'number' ? size + 2 * amount : x.graph.freshName('?padded');
  const [height, width] = [x.shape[lead]!, x.shape[lead + 1]!];
  if (
    border === 'reflect' &&
    [height, width].some((size) => typeof size === 'number' && size <= amount)
  ) {
    throw shapeError('Pad', `height and width over ${amount} to reflect`, showShape(x.shape));
  }
  const zeros = Array.from({ length: lead }, () => 0);
  const pads = [...zeros, amount, amount, ...zeros, amount, amount];
  return x.graph.node({
    op: 'Pad',
    inputs: [x, x.graph.constant('pads', int64(pads))],
    attributes: { mode: border === 'zero' ? 'constant' : border },
    outputs: [{ type: x.type, shape: [...x.shape.slice(0, lead), grow(height), grow(width)] }],
  })[0]!;
}

/**
 * Channels laid out as pixels: channel dy * block + dx of a place becomes the pixel (dx, dy) of a
 * block x block square.
 * @param x [N, block * block, h, w]; @returns [N, 1, h * block, w * block]
 */
export function depthToSpace(x: Value, block: number): Value {
  if (x.shape.length !== 4 || !compatible(x.shape[1]!, block * block)) {
    throw shapeError('DepthToSpace', `N x ${block * block} x H x W`, showShape(x.shape));
  }
  const grow = (size: Dim): Dim =>
    typeof size === 'number' ? size * block : x.graph.freshName('?grown');
  const shape = [x.shape[0]!, 1, grow(x.shape[2]!), grow(x.shape[3]!)];
  return x.graph.node({
    op: 'DepthToSpace',
    inputs: [x],
    attributes: { blocksize: { int: block } },
    outputs: [{ type: x.type, shape }],
  })[0]!;
}

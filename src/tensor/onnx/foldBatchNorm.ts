/** Batch normalisation with stored statistics is linear: it becomes part of the convolution. */

export interface BatchNorm {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** Added to variances, so that none is zero; default: ONNX's, torchvision's and timm's. */
  readonly epsilon?: number;
}

const EPSILON = 1e-5;

/**
 * w' = w s / sqrt(v + e) and b' = b - m s / sqrt(v + e) for each output channel, in double
 * precision.
 * @param weight [out, ...], the output channel slowest
 */
export function foldBatchNorm(
  weight: Float32Array,
  { scale, bias, mean, variance, epsilon = EPSILON }: BatchNorm,
): { weight: Float32Array; bias: Float32Array } {
  const factors = Float64Array.from(scale, (s, i) => s / Math.sqrt(variance[i]! + epsilon));
  const perChannel = weight.length / factors.length;
  const folded = new Float32Array(weight.length);
  for (const [channel, factor] of factors.entries()) {
    const end = (channel + 1) * perChannel;
    for (let i = channel * perChannel; i < end; i++) folded[i] = weight[i]! * factor;
  }
  return { weight: folded, bias: bias.map((b, i) => b - mean[i]! * factors[i]!) };
}

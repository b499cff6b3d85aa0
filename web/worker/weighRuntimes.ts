/** Whether what computes on the graphics card may take the place of WebAssembly. */

/** What a runtime made of the same small picture. */
export interface Trial {
  readonly score: number;
  /** Of the quickest run that followed the first. */
  readonly milliseconds: number;
}

/** Largest relative difference of a score from WebAssembly's that WebGPU may have. */
const TOLERANCE = 1e-3;

/** @returns why not; undefined where it may */
export function gpuDisagrees(gpu: Trial, plain: Trial): string | undefined {
  if (Math.abs(gpu.score - plain.score) <= TOLERANCE * Math.abs(plain.score)) return undefined;
  return `it gave the score ${gpu.score} where WebAssembly gave ${plain.score}`;
}

/** @returns why it is not worth it; undefined where it is */
export function gpuIsSlower(gpu: Trial, plain: Trial): string | undefined {
  if (gpu.milliseconds <= plain.milliseconds) return undefined;
  const [there, here] = [gpu, plain].map(({ milliseconds }) => milliseconds.toFixed(0));
  return `it took ${there} ms for a picture, WebAssembly ${here} ms`;
}

/**
 * What only pretends to be a graphics card computes on the same processor, many times slower than
 * WebAssembly does.
 */
export function isEmulated({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'description' | 'isFallbackAdapter'>): boolean {
  const named = [vendor, architecture, description].join(' ').toLowerCase();
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/.test(named);
}

import { expect, it } from 'vitest';
import { gpuDisagrees, gpuIsSlower, isEmulated } from './weighRuntimes.ts';

const trial = (score: number, milliseconds = 10) => ({ score, milliseconds });

it.each([
  [50.04, 50],
  [49.96, 50],
  [0, 0],
])('takes the score %d for %d', (gpu, plain) => {
  expect(gpuDisagrees(trial(gpu), trial(plain))).toBeUndefined();
});

// What the filter bank gave with a Concat of more buffers than WebGPU granted: 40.5 for 77.0.
it.each([
  [40.52383041381836, 77.03990936279297],
  [50.06, 50],
  [Number.NaN, 50],
])('does not take the score %d for %d, and says so', (gpu, plain) => {
  expect(gpuDisagrees(trial(gpu), trial(plain))).toBe(
    `it gave the score ${gpu} where WebAssembly gave ${plain}`,
  );
});

it('says how long a slower one took', () => {
  expect(gpuIsSlower(trial(1, 80.4), trial(1, 20))).toBe(
    'it took 80 ms for a picture, WebAssembly 20 ms',
  );
  expect(gpuIsSlower(trial(1, 20), trial(1, 20))).toBeUndefined();
});

it('knows what only pretends to be a graphics card', () => {
  const card = { vendor: 'nvidia', architecture: 'ampere', description: '' };
  expect(isEmulated({ ...card, isFallbackAdapter: false })).toBe(false);
  expect(isEmulated({ ...card, isFallbackAdapter: true })).toBe(true);
  // As Chromium and Firefox name them.
  const chromium = { vendor: 'google', architecture: 'swiftshader', description: '' };
  expect(isEmulated({ ...chromium, isFallbackAdapter: false })).toBe(true);
  const firefox = { vendor: '', architecture: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' };
  expect(isEmulated({ ...firefox, isFallbackAdapter: false })).toBe(true);
});

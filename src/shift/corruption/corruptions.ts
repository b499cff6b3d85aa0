/**
 * Four corruptions of ImageNet-C at its five severities (Hendrycks and Dietterich, "Benchmarking
 * neural network robustness to common corruptions and perturbations", ICLR 2019; the numbers are
 * those of the authors' `make_imagenet_c.py`).
 */
import type { Random } from '../../core/random.ts';
import { drawNoiseSeed } from '../optics/noise.ts';
import type { Transforms } from '../shift.ts';

export type CorruptionKind = 'brightness' | 'contrast' | 'defocus' | 'noise';

const LIFTS = [0.1, 0.2, 0.3, 0.4, 0.5];
const FACTORS = [0.4, 0.3, 0.2, 0.1, 0.05];
const DISKS = [
  { radius: 3, softening: 0.1 },
  { radius: 4, softening: 0.5 },
  { radius: 6, softening: 0.5 },
  { radius: 8, softening: 0.5 },
  { radius: 10, softening: 0.5 },
];
const SIGMAS = [0.08, 0.12, 0.18, 0.26, 0.38];

/**
 * One of the kinds, drawn, at this severity.
 * @param severity 1 to 5; 0 changes nothing
 */
export function drawCorruption(
  kinds: readonly CorruptionKind[],
  severity: number,
  random: Random,
): Partial<Transforms> {
  if (severity === 0) return {};
  const level = severity - 1;
  switch (random.pick(kinds)) {
    case 'brightness':
      return { valueLift: { lift: LIFTS[level]! } };
    case 'contrast':
      return { channelContrast: { factor: FACTORS[level]! } };
    case 'defocus':
      return { defocus: DISKS[level]! };
    case 'noise':
      return { noise: { sigma: SIGMAS[level]!, seed: drawNoiseSeed(random.fork('noise')) } };
  }
}

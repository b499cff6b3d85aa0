/** Draws the change of imaging conditions of one image. */
import { createRandom, type Random } from '../core/random.ts';
import type { Mask } from '../image/image.ts';
import { drawCorruption } from './corruption/corruptions.ts';
import { type Geometry, keepsDefect } from './geometry/geometry.ts';
import { drawTransforms, type Limits } from './limits.ts';
import { type Preset, requireSeverity } from './preset.ts';
import type { Shift } from './shift.ts';

export interface DrawOptions {
  /** 0: nothing changes; 1: the preset's own ranges. */
  readonly severity: number;
  readonly seed: string | number;
  /** What tells the image from all others, whatever the order: `bottle/test/crack/000.png`. */
  readonly identity: string;
  /** Where the defect is, if that is known: it shall stay in the frame. */
  readonly mask?: Mask | undefined;
}

const GEOMETRY = ['rotation', 'crop', 'translation'] as const;
const CONDITIONS = [
  'brightness',
  'contrast',
  'saturation',
  'linearGradient',
  'radialGradient',
  'vignette',
  'blur',
  'noise',
] as const;

/** Draws of a geometry that loses the defect, before the image is left as it lies. */
export const MOST_REDRAWS = 20;

/**
 * The same for the same preset, severity, seed, identity and mask; the mask decides nothing but
 * whether the geometry is drawn again. Severity scales what is drawn: an image is turned the same
 * way, but further.
 * @throws FlawmapError (usage) for a severity that the preset does not have
 */
export function drawShift(preset: Preset, options: DrawOptions): Shift {
  const { severity, seed, identity, mask } = options;
  requireSeverity(preset, severity);
  const random = createRandom(`${seed}/shift/${identity}`);
  if (preset.kind === 'corruptions') {
    return { ...drawCorruption(preset.corruptions, severity, random), redraws: 0 };
  }
  const scaled = severity * preset.scale;
  return {
    ...drawGeometry(preset.limits, scaled, random, mask),
    ...drawTransforms(CONDITIONS, preset.limits, scaled, random),
  };
}

function drawGeometry(
  limits: Partial<Limits>,
  severity: number,
  random: Random,
  mask: Mask | undefined,
): Geometry & { readonly redraws: number } {
  for (let redraws = 0; redraws <= MOST_REDRAWS; redraws++) {
    const stream = redraws === 0 ? random : random.fork(`redraw ${redraws}`);
    const geometry = drawTransforms(GEOMETRY, limits, severity, stream);
    if (mask === undefined || keepsDefect(mask, geometry)) return { ...geometry, redraws };
  }
  // A defect in the outermost corner may leave with nearly every draw.
  return { redraws: MOST_REDRAWS };
}

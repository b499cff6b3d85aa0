/**
 * A lamp: one change of imaging conditions shared by many images. What changes with a lamp (or a
 * camera) is colour, light, blur and noise; where a part lies differs from image to image anyway,
 * so a lamp turns, crops and moves nothing.
 */
import { usageError } from '../core/error.ts';
import { createRandom } from '../core/random.ts';
import { type DrawOptions, drawShift } from './drawShift.ts';
import { drawNoiseSeed } from './optics/noise.ts';
import type { Preset, RangePreset } from './preset.ts';
import type { Shift } from './shift.ts';

export interface LampOptions extends Pick<DrawOptions, 'severity' | 'seed'> {
  /** Its name: another one is another lamp. */
  readonly lamp: string;
}

/**
 * @returns the shift of the image with an identity: the same for all but the noise, which has its
 * own seed in every image
 * @throws FlawmapError (usage) for a severity that the preset does not have, and for a preset that
 * moves images and does nothing else
 */
export function drawLamp(preset: Preset, options: LampOptions): (identity: string) => Shift {
  const { severity, seed, lamp } = options;
  const shift = drawShift(withoutGeometry(preset), { severity, seed, identity: `lamp/${lamp}` });
  const { noise } = shift;
  if (noise === undefined) return () => shift;
  return (identity) => {
    const random = createRandom(`${seed}/lamp/${lamp}/${identity}`);
    return { ...shift, noise: { ...noise, seed: drawNoiseSeed(random) } };
  };
}

/** Whether anything is left of the preset where nothing is moved. */
export const changesLight = (preset: Preset): boolean =>
  preset.kind === 'corruptions' || Object.keys(limitsOfLight(preset)).length > 0;

function limitsOfLight({ limits }: RangePreset): RangePreset['limits'] {
  const { rotation, crop, translation, ...light } = limits;
  return light;
}

function withoutGeometry(preset: Preset): Preset {
  if (preset.kind === 'corruptions') return preset;
  if (changesLight(preset)) return { ...preset, limits: limitsOfLight(preset) };
  throw usageError({
    what: 'the preset changes nothing that a lamp changes',
    expected: 'a preset with colour, light, blur or noise',
    found: `only ${Object.keys(preset.limits).join(', ')}`,
    remedy: 'choose another preset, or let every image have a shift of its own',
  });
}

/** One change of imaging conditions for all images of a stream. */
import { drawLamp, type LampOptions } from '../../../shift/drawLamp.ts';
import { drawShift } from '../../../shift/drawShift.ts';
import type { Preset } from '../../../shift/preset.ts';
import type { Shift } from '../../../shift/shift.ts';

const GEOMETRY: readonly string[] = ['rotation', 'crop', 'translation'];

/**
 * A lamp; of a preset that only moves images, a camera that was moved: every image is turned and
 * cropped alike.
 * @returns the shift of the image with an identity
 */
export function sharedShift(preset: Preset, options: LampOptions): (identity: string) => Shift {
  const moves =
    preset.kind === 'ranges' && Object.keys(preset.limits).every((name) => GEOMETRY.includes(name));
  if (!moves) return drawLamp(preset, options);
  const { severity, seed, lamp } = options;
  const shift = drawShift(preset, { severity, seed, identity: `camera/${lamp}` });
  return () => shift;
}

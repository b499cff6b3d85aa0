/** One change of imaging conditions: every parameter, so that it can be applied again. */
import type { ChannelContrast } from './corruption/channelContrast.ts';
import type { Defocus } from './corruption/defocus.ts';
import type { ValueLift } from './corruption/valueLift.ts';
import type { Crop } from './geometry/crop.ts';
import type { Rotation } from './geometry/rotation.ts';
import type { Translation } from './geometry/translation.ts';
import type { LinearGradient } from './illumination/linearGradient.ts';
import type { RadialGradient } from './illumination/radialGradient.ts';
import type { Vignette } from './illumination/vignette.ts';
import type { Blur } from './optics/blur.ts';
import type { Noise } from './optics/noise.ts';
import type { Brightness } from './photometric/brightness.ts';
import type { Contrast } from './photometric/contrast.ts';
import type { Saturation } from './photometric/saturation.ts';

/** In the order they are applied. */
export interface Transforms {
  readonly rotation: Rotation;
  readonly crop: Crop;
  readonly translation: Translation;
  readonly brightness: Brightness;
  readonly contrast: Contrast;
  readonly saturation: Saturation;
  /** ImageNet-C's brightness and contrast, which are not those above. */
  readonly valueLift: ValueLift;
  readonly channelContrast: ChannelContrast;
  readonly linearGradient: LinearGradient;
  readonly radialGradient: RadialGradient;
  readonly vignette: Vignette;
  readonly blur: Blur;
  readonly defocus: Defocus;
  readonly noise: Noise;
}

/** Plain data, fit for JSON. A transform that is absent is not applied. */
export interface Shift extends Partial<Transforms> {
  /** How often its geometry was drawn anew because it pushed the defect out of the frame. */
  readonly redraws: number;
}

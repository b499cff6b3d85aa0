/** The changes of imaging conditions that can be asked for by name. */
import type { CorruptionKind } from './corruption/corruptions.ts';
import type { Drawable, Limits } from './limits.ts';
import type { CorruptionPreset, Preset, RangePreset } from './preset.ts';
import { RANGE_SEVERITIES } from './severityLevel.ts';

/** What may change between two working days of one camera. */
const SEED: Limits = {
  rotation: 10,
  crop: [0.9, 1],
  translation: 0.05,
  brightness: 0.3,
  contrast: 0.3,
  saturation: 0.3,
  linearGradient: 0.3,
  radialGradient: 0.3,
  vignette: 0.3,
  // OpenCV's sigmas for kernels of 3 and of 5 values.
  blur: [0.8, 1.1],
  noise: [0.01, 0.05],
};

const presets = {
  seed: ranges('geometry, colour, light, blur and noise together', SEED),
  mild: ranges('as seed, with half of its ranges', SEED, RANGE_SEVERITIES.mild),
  moderate: ranges('as seed, with three quarters of its ranges', SEED, RANGE_SEVERITIES.moderate),
  severe: ranges('as seed, with one and a half times its ranges', SEED, RANGE_SEVERITIES.severe),
  geometric: part('turned, cropped and moved, as in seed', 'rotation', 'crop', 'translation'),
  photometric: part(
    'brightness, contrast and saturation, as in seed',
    'brightness',
    'contrast',
    'saturation',
  ),
  illumination: part(
    'light that changes over the image, as in seed',
    'linearGradient',
    'radialGradient',
    'vignette',
  ),
  rotation: part('turned by up to 10 degrees', 'rotation'),
  crop: part('90 to 100% of each side, enlarged', 'crop'),
  translation: part('moved by up to 5% of each side', 'translation'),
  brightness: part('0.7 to 1.3 times as bright', 'brightness'),
  contrast: part('0.7 to 1.3 times the contrast', 'contrast'),
  saturation: part('0.7 to 1.3 times the saturation', 'saturation'),
  'linear-gradient': part('up to 30% more light on one side, less on the other', 'linearGradient'),
  'radial-gradient': part('a spot with up to 30% more light, less far from it', 'radialGradient'),
  vignette: part('up to 30% less light in the corners', 'vignette'),
  blur: part('Gaussian blur, kernel 3 to 5 at 256 pixels', 'blur'),
  noise: part('Gaussian noise, 1 to 5% of full scale', 'noise'),
  corruptions: corrupted('ImageNet-C, one of four corruptions for each image', [
    'brightness',
    'contrast',
    'defocus',
    'noise',
  ]),
  'corruption-brightness': corrupted("ImageNet-C's brightness", ['brightness']),
  'corruption-contrast': corrupted("ImageNet-C's contrast", ['contrast']),
  'corruption-defocus': corrupted("ImageNet-C's defocus blur", ['defocus']),
  'corruption-noise': corrupted("ImageNet-C's Gaussian noise", ['noise']),
  // Defard et al., "PaDiM", ICPR 2020, section V.B: turned, then 224 of 256 pixels cut out.
  'rd-mvtec': ranges("Rd-MVTec AD of PaDiM's authors: turned by up to 10 degrees, cropped to 7/8", {
    rotation: SEED.rotation,
    crop: [0.875, 0.875],
  }),
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const PRESETS: Readonly<Record<PresetName, Preset>> = presets;

export const PRESET_NAMES = Object.keys(presets) as readonly PresetName[];

function ranges(summary: string, limits: Partial<Limits>, scale = 1): RangePreset {
  return { kind: 'ranges', summary, limits, scale };
}

/** Some transforms of seed, or one alone. */
function part(summary: string, ...names: readonly Drawable[]): RangePreset {
  return ranges(summary, Object.fromEntries(names.map((name) => [name, SEED[name]])));
}

function corrupted(summary: string, corruptions: readonly CorruptionKind[]): CorruptionPreset {
  return { kind: 'corruptions', summary, corruptions };
}

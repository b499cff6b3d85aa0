import type { Shift } from './shift.ts';

/** What a shift does, each transform in a word and a number: `turned 3.2`, `crop 0.95`. */
export function shiftWords(shift: Shift): string[] {
  const words: string[] = [];
  const say = (name: string, value: number | undefined, digits = 2) => {
    if (value !== undefined) words.push(`${name} ${value.toFixed(digits)}`);
  };
  const { translation } = shift;
  say('turned', shift.rotation?.degrees, 1);
  say('crop', shift.crop?.share);
  if (translation) words.push(`moved ${translation.x.toFixed(2)} ${translation.y.toFixed(2)}`);
  say('bright', shift.brightness?.factor);
  say('contrast', shift.contrast?.factor);
  say('colour', shift.saturation?.factor);
  say('lifted', shift.valueLift?.lift);
  say('contrast', shift.channelContrast?.factor);
  say('side', shift.linearGradient?.strength);
  say('spot', shift.radialGradient?.strength);
  say('vignette', shift.vignette?.strength);
  say('blur', shift.blur?.sigma);
  say('defocus', shift.defocus?.radius, 0);
  say('noise', shift.noise?.sigma, 3);
  return words;
}

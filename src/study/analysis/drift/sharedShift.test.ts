import { describe, expect, test } from 'vitest';
import { drawLamp } from '../../../shift/drawLamp.ts';
import { PRESETS } from '../../../shift/presets.ts';
import { sharedShift } from './sharedShift.ts';

const options = { severity: 1, seed: 42, lamp: 'lamp 0' };

describe('sharedShift', () => {
  test('is a lamp where there is light to change', () => {
    for (const preset of [PRESETS.seed, PRESETS.noise, PRESETS['corruption-defocus']]) {
      const own = sharedShift(preset, options);
      expect(own('a')).toEqual(drawLamp(preset, options)('a'));
    }
  });

  test('moves all images alike where a preset only moves them', () => {
    const move = sharedShift(PRESETS.geometric, options);
    expect(move('a')).toEqual(move('b'));
    expect(Object.keys(move('a'))).toEqual(['rotation', 'crop', 'translation', 'redraws']);
    expect(sharedShift(PRESETS.geometric, { ...options, lamp: 'lamp 1' })('a')).not.toEqual(
      move('a'),
    );
  });
});

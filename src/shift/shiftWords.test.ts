import { expect, it } from 'vitest';
import { drawShift } from './drawShift.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import { shiftWords } from './shiftWords.ts';

it('says every transform', () => {
  for (const name of PRESET_NAMES) {
    const shift = drawShift(PRESETS[name], { severity: 1, seed: 42, identity: 'a' });
    expect(shiftWords(shift), name).toHaveLength(Object.keys(shift).length - 1);
  }
  expect(shiftWords({ redraws: 0 })).toEqual([]);
});

it('rounds', () => {
  const translation = { x: 0.0123, y: -0.05 };
  const words = shiftWords({ rotation: { degrees: 3.456 }, translation, redraws: 0 });
  expect(words).toEqual(['turned 3.5', 'moved 0.01 -0.05']);
});

import { describe, expect, it } from 'vitest';
import { requireSeverity } from './preset.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';

describe('requireSeverity', () => {
  it.each([0, 0.3, 1, 2])('a preset of ranges has severity %d', (severity) => {
    requireSeverity(PRESETS.severe, severity);
  });

  it.each([-0.1, 2.01, Number.NaN, Number.POSITIVE_INFINITY])('and not %d', (severity) => {
    expect(() => requireSeverity(PRESETS.seed, severity)).toThrow(/from 0 to 2/);
  });

  it.each([0, 1, 5])('a corruption has severity %d', (severity) => {
    requireSeverity(PRESETS.corruptions, severity);
  });

  it.each([0.5, 6, -1])('and not %d', (severity) => {
    expect(() => requireSeverity(PRESETS['corruption-noise'], severity)).toThrow(
      /whole number from 0 to 5/,
    );
  });
});

it('presets are plain data, each told in a line', () => {
  expect(JSON.parse(JSON.stringify(PRESETS))).toEqual(PRESETS);
  for (const name of PRESET_NAMES) expect(PRESETS[name].summary).toMatch(/^.{10,80}$/);
});

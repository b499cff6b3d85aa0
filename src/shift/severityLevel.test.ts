import { expect, it } from 'vitest';
import { drawShift } from './drawShift.ts';
import { requireSeverity } from './preset.ts';
import { PRESET_NAMES, PRESETS } from './presets.ts';
import { SEVERITY_LEVELS, severityOf } from './severityLevel.ts';

it.each(SEVERITY_LEVELS)('%s: seed at this level is the preset of that name', (level) => {
  const image = { seed: 42, identity: 'bottle/test/good/000.png' };
  const severity = severityOf(PRESETS.seed, level);
  expect(drawShift(PRESETS.seed, { ...image, severity })).toEqual(
    drawShift(PRESETS[level], { ...image, severity: 1 }),
  );
});

it('every preset has every level', () => {
  for (const name of PRESET_NAMES) {
    for (const level of SEVERITY_LEVELS) {
      requireSeverity(PRESETS[name], severityOf(PRESETS[name], level));
    }
  }
});

it('levels ascend', () => {
  for (const preset of [PRESETS.noise, PRESETS['corruption-noise']]) {
    const [mild, moderate, severe] = SEVERITY_LEVELS.map((level) => severityOf(preset, level));
    expect(mild).toBeLessThan(moderate!);
    expect(moderate).toBeLessThan(severe!);
  }
});

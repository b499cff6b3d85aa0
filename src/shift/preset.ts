/** What a preset is, and which severities it takes. */
import { usageError } from '../core/error.ts';
import type { CorruptionKind } from './corruption/corruptions.ts';
import type { Limits } from './limits.ts';

/** Plain data. */
export type Preset = RangePreset | CorruptionPreset;

/** Parameters are drawn from ranges that widen with the severity, 0 to 2. */
export interface RangePreset {
  readonly kind: 'ranges';
  /** One line, for help. */
  readonly summary: string;
  /** At severity 1 and scale 1; a transform that is absent is left out. */
  readonly limits: Partial<Limits>;
  /** Multiplies the severity. */
  readonly scale: number;
}

/** Every image gets one of these kinds, at ImageNet-C's severity 1 to 5; 0 changes nothing. */
export interface CorruptionPreset {
  readonly kind: 'corruptions';
  /** One line, for help. */
  readonly summary: string;
  readonly corruptions: readonly CorruptionKind[];
}

/** The highest severity of either kind. */
export const HIGHEST_SEVERITY = { ranges: 2, corruptions: 5 } as const;

export function hasSeverity({ kind }: Preset, severity: number): boolean {
  const isWhole = Number.isInteger(severity);
  return severity >= 0 && severity <= HIGHEST_SEVERITY[kind] && (isWhole || kind === 'ranges');
}

/** @throws FlawmapError (usage) for a severity that the preset does not have */
export function requireSeverity(preset: Preset, severity: number): void {
  if (hasSeverity(preset, severity)) return;
  const { kind } = preset;
  const highest = HIGHEST_SEVERITY[kind];
  throw usageError({
    what: `the preset has no severity ${severity}`,
    expected:
      kind === 'ranges'
        ? `a number from 0 to ${highest}; 1 is the preset's own range`
        : `a whole number from 0 to ${highest}: ImageNet-C's severities, and 0 for none`,
    found: String(severity),
    remedy: 'give another severity, or choose another preset',
  });
}

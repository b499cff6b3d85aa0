/** Three words for how severe a change is, the same for every preset. */
import type { Preset } from './preset.ts';

export const SEVERITY_LEVELS = ['mild', 'moderate', 'severe'] as const;
export type SeverityLevel = (typeof SEVERITY_LEVELS)[number];

/** What the presets mild, moderate and severe multiply the ranges of seed by. */
export const RANGE_SEVERITIES = { mild: 0.5, moderate: 0.75, severe: 1.5 } as const;

/** The lowest, the middle and the highest of ImageNet-C's five. */
const CORRUPTION_SEVERITIES = { mild: 1, moderate: 3, severe: 5 } as const;

const SEVERITIES: Readonly<Record<Preset['kind'], Readonly<Record<SeverityLevel, number>>>> = {
  ranges: RANGE_SEVERITIES,
  corruptions: CORRUPTION_SEVERITIES,
};

/** The severity to draw a preset with: `seed` at level severe is `severe` at severity 1. */
export const severityOf = ({ kind }: Pick<Preset, 'kind'>, level: SeverityLevel): number =>
  SEVERITIES[kind][level];

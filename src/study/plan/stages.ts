/** The stages of a study: what `--only` names, in the order in which they happen. */
export const STAGES = [
  'explore',
  'split',
  'shift',
  'embed',
  'clean',
  'shift-none',
  'shift-threshold',
  'shift-full',
  'ladder',
  'global',
  'analysis',
  'report',
] as const;

export type Stage = (typeof STAGES)[number];

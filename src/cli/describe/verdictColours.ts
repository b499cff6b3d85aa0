import type { Verdict } from '../../inspection/judge/judgement.ts';

export const VERDICT_COLOURS = {
  normal: 'green',
  anomalous: 'red',
  unsure: 'yellow',
  'not judged': 'yellow',
} as const satisfies Record<Verdict, string>;

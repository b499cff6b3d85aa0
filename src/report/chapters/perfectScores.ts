/** What a perfect order of a few images does and does not say. */

import { listed } from '../../core/listed.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import type { Block } from '../report.ts';
import { fixed } from '../wording/withInterval.ts';

/** A note on the scenarios of AUROC 1; empty without one. */
export function perfectScores(scenarios: readonly ScenarioResult[]): Block[] {
  const perfect = scenarios.flatMap(({ category, metrics: { image_auroc: auroc } }) =>
    auroc?.value === 1 && auroc.interval !== null ? [{ category, low: auroc.interval.low }] : [],
  );
  if (perfect.length === 0) return [];
  const named = perfect.map(({ category, low }) => `${category} (${fixed(low, 3)})`);
  const text = `An AUROC of 1 says that no anomalous test image scored below a normal one. With as few images the true AUROC may be lower, down to the number in brackets: ${listed(named)}.`;
  return [{ kind: 'prose', tone: 'note', text }];
}

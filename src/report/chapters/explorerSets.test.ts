import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { scenarioWith } from '../../../test/support/scenarioWith.ts';
import { thresholdExplorer } from './explorerSets.ts';

it('hands over the scores of a scenario with its thresholds', () => {
  const [block] = thresholdExplorer(reportResult({ experiments: { clean: [scenarioWith()] } }));
  expect(block?.kind === 'threshold' && block.sets).toEqual([
    {
      ...{ category: 'nut', method: 'patchcore', scenario: 'Clean', seed: 42 },
      scores: [
        { id: 'test/good/0.png', anomalous: false, score: 1 },
        { id: 'test/good/1.png', anomalous: false, score: 2 },
        { id: 'test/cut/0.png', anomalous: true, score: 2.5 },
        { id: 'test/hole/0.png', anomalous: true, score: 4 },
      ],
      marks: [
        { label: 'F1-optimal', threshold: 2.2 },
        { label: 'from normal images alone', threshold: 3 },
      ],
    },
  ]);
});

it('is left out without scores', () => {
  expect(thresholdExplorer(reportResult({ experiments: {} }))).toEqual([]);
  const empty = scenarioWith({ images: [] });
  expect(thresholdExplorer(reportResult({ experiments: { clean: [empty] } }))).toEqual([]);
});

import { expect, test } from 'vitest';
import { measure, notComputable } from '../../../result/analysis/figure.ts';
import { coresetSentence, stepsSentence, timedCoresetSentence } from './efficiencySentences.ts';
import { latencyOf } from './latencyOf.ts';

test('steps are told by their share, and what few images cannot say', () => {
  const few = [
    { step: 'decode' as const, ...latencyOf([4, 5, 6]) },
    { step: 'backbone' as const, ...latencyOf([50, 51, 59]) },
    { step: 'total' as const, ...latencyOf([54, 56, 65]) },
  ];
  expect(stepsSentence(few)).toBe(
    'Half of 3 images take at most 56 ms: backbone 51 ms, decode 5.0 ms (medians). 95% are within 64 ms and 99% within 65 ms, the latter interpolated below the slowest of 3, 65 ms.',
  );
  const many = Array.from({ length: 200 }, (_, i) => 10 + i / 10);
  expect(stepsSentence([{ step: 'total', ...latencyOf(many) }])).toMatch(/99% within 30 ms\.$/);
});

test('coresets are told with rows, size, time and what they are worth', () => {
  const levels = [
    { share: 0.01, rows: 1310, bytes: 8_123_000, imageAuroc: measure(0.9712), own: false },
    { share: 0.05, rows: 6552, bytes: 40_700_000, imageAuroc: notComputable('x'), own: true },
  ];
  expect(coresetSentence(levels)).toBe(
    'Of the training patches, 1% is 1310 rows and 8.12 MB, image AUROC 0.971; 5%, as in the study, is 6552 rows and 40.7 MB, image AUROC not computable.',
  );
  const timed = levels.map((level, i) => ({ ...level, search: latencyOf([10 * (i + 1)]) }));
  expect(timedCoresetSentence(timed)).toBe(
    'To search and score an image (median of 1), 1% takes 10 ms (image AUROC 0.971); 5% takes 20 ms (image AUROC not computable).',
  );
});

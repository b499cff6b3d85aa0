import { RESULT_VERSION, type StudyResult } from '../../src/result/result.ts';

/** The smallest result document there can be, and what a test puts into it. */
export const studyResult = (own: Partial<StudyResult> = {}): StudyResult => ({
  schemaVersion: RESULT_VERSION,
  createdBy: 'flawmap',
  name: 'test',
  seed: 42,
  config: {},
  backbone: { name: 'filterbank', sha256: null, layers: {} },
  categories: [],
  shift: [],
  models: [],
  experiments: {},
  analysis: {},
  macro: {},
  measured: null,
  ...own,
});

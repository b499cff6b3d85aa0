import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../../test/support/tree.ts';
import { parseConfig } from './config/parseConfig.ts';
import { prepareStudy } from './prepareStudy.ts';

test('of two runs in one folder that begin together, both use the images of one', async () => {
  const run = makeTree({});
  const config = parseConfig(
    `dataset:
  synthetic: { size: 64, train: 6, good: 4, anomalous: 5 }
  categories: [hazelnut]
split: { validation: 0.25 }`,
    'test',
  );
  const sources = {
    backbone: { place: 'filterbank', name: 'filterbank', sha256: null, device: 'cpu', seconds: 0 },
    layers: { patchcore: ['layer1'], padim: ['layer1'] },
    data: join(run, 'data', 'raw'),
    categories: undefined,
    splitFolder: join(run, 'data', 'processed'),
  } as const;
  const [first, second] = await Promise.all([1, 2].map(() => prepareStudy(config, sources, {})));
  expect(second!.splits).toEqual(first!.splits);
  expect(readdirSync(join(run, 'data')).sort()).toEqual(['processed', 'raw']);
});

import { describe, expect, it } from 'vitest';
import { explainChange } from './explainChange.ts';
import type { Json } from './job.ts';
import type { KeyParts } from './jobKey.ts';

const BEFORE: KeyParts = {
  kind: 'bank',
  version: 1,
  options: { coreset: 0.05, network: { layers: ['layer2', 'layer3'] }, score: null },
  files: [
    ['good/0.png', 'f0'],
    ['good/1.png', 'f1'],
  ],
  upstream: [
    ['embed/a', 'k0'],
    ['embed/b', 'k1'],
  ],
};

const options = (changes: object) => ({
  options: { ...(BEFORE.options as object), ...changes } as Json,
});

describe('explainChange', () => {
  it.each<[string, Partial<KeyParts>]>([
    ['kind changed from "bank" to "banks"', { kind: 'banks' }],
    ['worker version 1 to 2', { version: 2 }],
    ['options.coreset changed from 0.05 to 0.1', options({ coreset: 0.1 })],
    ['options.score changed from null to {"top":1}', options({ score: { top: 1 } })],
    [
      'options.network.layers[1] changed from "layer3" to "layer4"',
      options({ network: { layers: ['layer2', 'layer4'] } }),
    ],
    [
      'options.network.layers changed from ["layer2","layer3"] to []',
      options({ network: { layers: [] } }),
    ],
    ['options.seed changed from nothing to 42', options({ seed: 42 })],
    [
      'options.score changed from null to "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...',
      options({ score: 'x'.repeat(99) }),
    ],
    ['options.score changed from null to 99 items', options({ score: Array(99).fill(1) })],
    ['input file good/1.png changed', { files: [BEFORE.files[0]!, ['good/1.png', 'f9']] }],
    ['input file good/2.png is new', { files: [...BEFORE.files, ['good/2.png', 'f2']] }],
    ['input file good/0.png is gone', { files: [BEFORE.files[1]!] }],
    ['upstream embed/b changed', { upstream: [BEFORE.upstream[0]!, ['embed/b', 'k9']] }],
    ['the order of upstream changed', { upstream: BEFORE.upstream.toReversed() }],
    [
      'options.coreset changed from 0.05 to 0.1, and 1 more change',
      { ...options({ coreset: 0.1 }), upstream: [['embed/a', 'k9'], BEFORE.upstream[1]!] },
    ],
    ['worker version 1 to 3, and 4 more changes', { version: 3, files: [], upstream: [] }],
  ])('says: %s', (text, changes) => {
    expect(explainChange(BEFORE, { ...BEFORE, ...changes })).toBe(text);
  });

  it('says nothing where nothing has changed', () => {
    const turned = { score: null, network: { layers: ['layer2', 'layer3'] }, coreset: 0.05 };
    expect(explainChange(BEFORE, { ...BEFORE, options: turned })).toBeUndefined();
  });
});

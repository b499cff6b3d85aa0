import { expect, it } from 'vitest';
import { isArtifactDocument } from './artifactDocument.ts';

const HASH = 'a'.repeat(64);
const FILE = { name: 'model/bank.bin', bytes: 3, sha256: HASH };
const DOCUMENT = {
  key: HASH,
  inputs: { kind: 'fit', version: 1, options: {}, files: [['a.png', HASH]], upstream: [] },
  files: [FILE],
  measured: { seconds: 1, peakBytes: 1 },
};

it('takes what jobs leave', () => {
  expect(isArtifactDocument(DOCUMENT)).toBe(true);
});

// The first three by `npm run torture -- fuzzDocuments`: cache, cases 12 and 15 of the seed `flawmap`.
it.each<[string, unknown]>([
  ['no inputs', { ...DOCUMENT, inputs: undefined }],
  ['inputs without upstream', { ...DOCUMENT, inputs: { ...DOCUMENT.inputs, upstream: undefined } }],
  ['a list for a name', { ...DOCUMENT, files: [{ ...FILE, name: [] }] }],
  ['null for a file', { ...DOCUMENT, files: [null] }],
  ['no time', { ...DOCUMENT, measured: { peakBytes: 1 } }],
  ['a text for the memory', { ...DOCUMENT, measured: { seconds: 1, peakBytes: '1' } }],
  ['null', null],
  ...['../a', '/etc/passwd', 'a/../../b', 'a\\b', 'C:a', 'a\0b', ''].map(
    (name): [string, unknown] => [
      `the name ${JSON.stringify(name)}`,
      { ...DOCUMENT, files: [{ ...FILE, name }] },
    ],
  ),
])('refuses %s', (_, document) => {
  expect(isArtifactDocument(document)).toBe(false);
});

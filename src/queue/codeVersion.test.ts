import { expect, test } from 'vitest';
import { codeOf, describeDifference } from './codeVersion.ts';

test('code is the same where all versions are, in whatever order', () => {
  expect(codeOf({ embed: 1, bank: 2 })).toBe(codeOf({ bank: 2, embed: 1 }));
  expect(codeOf({ embed: 1, bank: 2 })).not.toBe(codeOf({ embed: 2, bank: 2 }));
});

test('tells how versions differ', () => {
  expect(describeDifference({ embed: 2, new: 1 }, { embed: 1, maps: 3 })).toBe(
    'embed 2 (here 1), maps missing, new 1 (here missing)',
  );
  expect(describeDifference({ embed: 1 }, { embed: 1 })).toBe('');
});

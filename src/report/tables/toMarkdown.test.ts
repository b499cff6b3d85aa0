import { expect, test } from 'vitest';
import { TABLE } from '../../../test/support/tableOfEverything.ts';
import { toMarkdown } from './toMarkdown.ts';

test('is a table of GitHub, every character as itself', () => {
  expect(toMarkdown(TABLE)).toBe(`### Every\\_cell \\& more

| name | AUROC | time |
| :-- | --: | --: |
| a\\|b\\_c | 0.988 [0.951, 1.000], n = 20 | 12.5 ms |
| \\[x\\] =1+1 | −0.250 [−0.500, 0.000], n = 18 | not computable (a) |
| \\*\\\\ | not computable (b) | none |

On 20 images; 5% of \\$x\\$ are \\<b\\>bold\\</b\\>.

(a) not timed

(b) one class
`);
});

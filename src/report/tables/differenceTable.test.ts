import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { differenceTable } from './differenceTable.ts';
import { formatCell } from './formatCell.ts';

const [{ differences }] = reportResult().analysis.statistics as [
  NonNullable<ReturnType<typeof reportResult>['analysis']['statistics']>[number],
];

it('puts declared comparisons first, and says why others have no corrected p', () => {
  const outside = differences.data.find(({ inFamily }) => !inFamily)!;
  const declared = {
    ...differences.data.find(({ inFamily }) => inFamily)!,
    ...{ pValue: 0.0123, adjusted: 0.0456, verdict: 'different' as const },
  };
  const table = differenceTable({ id: 't', title: 'T' }, [outside, declared]);
  const [first, second] = table.rows.map((row) => row.map(formatCell));
  expect(first?.slice(5, 8)).toEqual(['0.0123', '0.0456', 'different']);
  expect(first?.[2]).toMatch(/^(PatchCore|PaDiM): [a-z]/);
  expect(second?.[6]).toMatch(/^not computable: /);
});

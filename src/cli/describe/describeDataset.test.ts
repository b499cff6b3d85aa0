import { describe, expect, it } from 'vitest';
import type { Problem } from '../../data/problem.ts';
import type { DatasetReport } from '../../data/verifyDataset.ts';
import { describeDataset } from './describeDataset.ts';

const plain = (_style: string, text: string) => text;

const problem = (kind: Problem['kind'], severity: Problem['severity'], n: number): Problem => ({
  kind,
  severity,
  path: `/data/${n}`,
  message: `${kind} ${n}`,
  remedy: `mend ${n}`,
});

const report = (problems: readonly Problem[]): DatasetReport => ({
  root: '/data',
  ok: !problems.some(({ severity }) => severity === 'error'),
  categories: [
    {
      name: 'bottle',
      root: '/data/bottle',
      layout: 'mvtec',
      counts: { train: 209, test: { good: 20, crack: 5, hole: 6 }, masks: 11 },
      published: 'different',
      skipped: 0,
    },
    {
      name: 'part',
      root: '/data/part',
      layout: 'plain',
      counts: { train: 7, test: {}, masks: 0 },
      published: 'unknown',
      skipped: 2,
    },
  ],
  problems,
});

describe('describeDataset', () => {
  it('counts each category', () => {
    const lines = describeDataset(report([]), plain).split('\n');
    expect(lines[1]).toMatch(/^bottle +209 +20 +11 +11 +different$/);
    expect(lines[2]).toMatch(/^part +7 +0 +0 +0 +-$/);
    expect(lines.at(-1)).toBe('No problems.');
  });

  it('lists errors before warnings, each with its remedy', () => {
    const text = describeDataset(
      report([problem('no-masks', 'warning', 1), problem('mask-size', 'error', 2)]),
      plain,
    );
    expect(text).toContain('error: mask-size 2\n  to do: mend 2');
    expect(text.indexOf('mask-size')).toBeLessThan(text.indexOf('no-masks'));
    expect(text.endsWith('Errors: 1, warnings: 1')).toBe(true);
  });

  it('tells ten of a kind and counts the rest', () => {
    const many = Array.from({ length: 13 }, (_, i) => problem('no-masks', 'warning', i));
    const text = describeDataset(report(many), plain);
    expect(text.match(/^warning:/gm)).toHaveLength(10);
    expect(text).toContain('... and 3 more such; --json has all');
    expect(text.endsWith('No errors, warnings: 13')).toBe(true);
  });
});

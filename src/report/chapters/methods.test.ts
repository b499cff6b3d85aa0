import { describe, expect, test } from 'vitest';
import { reportInput, reportResult } from '../../../test/support/reportInput.ts';
import type { Chapter } from '../report.ts';
import { flatSettings } from './methods/provenanceTables.ts';
import { methods } from './methods.ts';

const textOf = ({ blocks }: Chapter) =>
  blocks.flatMap((block) => (block.kind === 'prose' ? [block.text] : [])).join('\n');
const tableOf = ({ blocks }: Chapter, id: string) =>
  blocks.flatMap((block) =>
    block.kind === 'table' && block.table.id === id ? [block.table] : [],
  )[0];

describe('methods', () => {
  test('has equations, settings, hashes and commands', () => {
    const result = reportResult();
    const chapter = methods(reportInput())!;
    const text = textOf(chapter);
    expect(text).toContain('d(x) = min over rows m');
    expect(text).toContain('Mahalanobis');
    expect(text).toContain(`npx flawmap study ${result.name}.yaml --out run`);
    expect(text).toContain('200 bootstrap resamples');
    expect(tableOf(chapter, 'models')!.rows).toHaveLength(result.models.length);
    expect(tableOf(chapter, 'models')!.rows[0]!.at(-1)).toBe(result.models[0]!.sha256);
    expect(tableOf(chapter, 'settings')!.rows).toContainEqual(['patchcore.seeds', '[42, 43]']);
  });

  test('quotes a name that a shell would take apart', () => {
    const text = textOf(methods(reportInput({ name: "it's; rm -rf" }))!);
    expect(text).toContain(`npx flawmap study 'it'\\''s; rm -rf.yaml'`);
  });

  test('tells of the methods and scenarios of this study alone', () => {
    const config = { experiments: { methods: ['padim'] } };
    const { experiments } = reportResult();
    const chapter = methods(
      reportInput({
        config,
        experiments: { clean: experiments.clean },
        models: [],
        shift: [],
        measured: null,
      }),
    )!;
    const text = textOf(chapter);
    expect(text).not.toContain('PatchCore (Roth');
    expect(text).not.toContain('Shifted, no adaptation:');
    expect(text).not.toMatch(/undefined|NaN/);
    expect(tableOf(chapter, 'models')).toBeUndefined();
  });
});

test('flatSettings names settings as the configuration does', () => {
  const config = { seed: 1, split: { folder: null }, shares: [1, 2], family: [{ a: 'x' }] };
  expect(flatSettings(config)).toEqual([
    ['seed', '1'],
    ['split.folder', 'null'],
    ['shares', '[1, 2]'],
    ['family.0.a', 'x'],
  ]);
});

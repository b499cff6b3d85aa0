import { describe, expect, test } from 'vitest';
import { NO_PICTURES, reportInput, reportResult } from '../../../test/support/reportInput.ts';
import { encodePng } from '../../image/encodeImage.ts';
import type { StudyResult } from '../../result/result.ts';
import { paperSource } from './paperSource.ts';
import { renderPaper } from './renderPaper.ts';
import { examplesOf } from './sections/examples.ts';

/** Pages of a PDF whose page tree is not compressed, as the compiler writes it. */
const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

const sourceOf = (result: StudyResult) => {
  const input = { ...reportInput(), result };
  return paperSource(input, examplesOf(input)).source;
};

const picture = await encodePng({
  width: 40,
  height: 30,
  data: new Uint8Array(40 * 30 * 3).fill(120),
});

const HOSTILE = '#panic("x") $y$ *b* `c` \\ [d] <e> @tab-x // = \u202e مرحبا 🌰';

/** The fixture with its first category named otherwise. */
function renamed(to: string): StudyResult {
  const result = reportResult();
  const from = JSON.stringify(result.categories[0]!.name);
  return JSON.parse(JSON.stringify(result).replaceAll(from, JSON.stringify(to))) as StudyResult;
}

describe('renderPaper', () => {
  test('is a paper of several pages, the same each time and in another time zone', async () => {
    const render = () => renderPaper(reportInput(), { readPicture: () => picture });
    const first = await render();
    expect(pagesOf(first)).toBeGreaterThanOrEqual(5);
    expect(pagesOf(first)).toBeLessThanOrEqual(8);
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'Pacific/Kiritimati';
      expect(Buffer.compare(await render(), first)).toBe(0);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test('says what it is in its metadata', async () => {
    const pdf = await renderPaper({ result: reportResult(), pictures: NO_PICTURES });
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toContain('PatchCore and PaDiM under changed imaging conditions');
    expect(text).toContain('<xmp:CreatorTool>Typst');
    expect(text).not.toContain('CreationDate');
  });

  test('stops when asked to', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(renderPaper(reportInput(), { signal })).rejects.toThrow('stopped');
  });

  test('survives a category of any name', async () => {
    for (const name of [HOSTILE, 'x'.repeat(200), 'a "quoted" & <b>']) {
      const pdf = await renderPaper({ result: renamed(name), pictures: NO_PICTURES });
      expect(pagesOf(pdf)).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('paperSource', () => {
  /** What studies may lack. */
  const part = (result: StudyResult): readonly (readonly [string, StudyResult])[] => {
    const { experiments, analysis, macro } = result;
    return [
      ['everything', result],
      ['no analysis', { ...result, analysis: {} }],
      [
        'clean alone',
        { ...result, analysis: {}, shift: [], macro, experiments: { clean: experiments.clean } },
      ],
      ['no clean', { ...result, experiments: { ...experiments, clean: undefined } }],
      [
        'ladder alone',
        {
          ...result,
          analysis: {},
          experiments: { adaptation_ladder: experiments.adaptation_ladder },
        },
      ],
      ['global alone', { ...result, analysis: {}, experiments: { global: experiments.global } }],
      ['analysis alone', { ...result, experiments: {}, macro: {} }],
      ...Object.keys(analysis).map(
        (key) => [`no ${key}`, { ...result, analysis: { ...analysis, [key]: undefined } }] as const,
      ),
      [
        'nothing',
        {
          ...result,
          analysis: {},
          experiments: {},
          macro: {},
          shift: [],
          categories: [],
          models: [],
          config: {},
        },
      ],
    ] as readonly (readonly [string, StudyResult])[];
  };

  test.each(part(reportResult()))(
    'with %s holds numbers alone, and compiles',
    async (_, result) => {
      expect(sourceOf(result)).not.toMatch(/NaN|undefined|null|\[object|Infinity/);
      const pdf = await renderPaper({ result, pictures: NO_PICTURES });
      expect(pagesOf(pdf)).toBeGreaterThanOrEqual(1);
    },
  );

  test('states the numbers of the run', () => {
    const result = reportResult();
    const source = sourceOf(result);
    for (const { metrics } of result.experiments.clean!) {
      expect(source).toContain(metrics.image_auroc!.value!.toFixed(3));
    }
    for (const method of ['patchcore', 'padim']) {
      const { value } = result.macro.clean![method]!.image_auroc!;
      expect(source).toContain(value!.toFixed(3));
    }
    const { tests } = result.analysis.statistics![0]!.family;
    expect(source).toContain(`"${tests}\u00a0declared comparisons"`);
  });

  test('claims a difference where its test shows one, and not where it does not', () => {
    const result = reportResult();
    const [statistics] = result.analysis.statistics!;
    const judged = (verdict: 'different' | 'no difference shown') =>
      sourceOf({
        ...result,
        analysis: {
          ...result.analysis,
          statistics: [
            {
              ...statistics!,
              differences: {
                ...statistics!.differences,
                data: statistics!.differences.data.map((one) => ({
                  ...one,
                  ...(one.inFamily ? { verdict } : {}),
                })),
              },
            },
          ],
        },
      });
    const claim = /The AUROC of #"PatchCore"; #"(falls|rises)/;
    expect(judged('different')).toMatch(claim);
    expect(judged('no difference shown')).not.toMatch(claim);
    expect(judged('no difference shown')).toContain('No";');
  });

  test('has tables that do not grow with the number of categories', async () => {
    const result = reportResult();
    const copies = <T>(items: readonly T[] | undefined, from: string): T[] =>
      (items ?? []).flatMap((item) =>
        Array.from({ length: 8 }, (_, i) => {
          const text = JSON.stringify(item);
          return JSON.parse(text.replaceAll(`"${from}"`, `"${from}-${i}"`)) as T;
        }),
      );
    const names = result.categories.map(({ name }) => name);
    const all = <T>(items: readonly T[] | undefined): T[] =>
      names.flatMap((name) =>
        copies(
          items?.filter((item) => JSON.stringify(item).includes(`"${name}"`)),
          name,
        ),
      );
    const many = {
      ...result,
      categories: all(result.categories),
      analysis: {},
      experiments: {
        clean: all(result.experiments.clean),
        shift_no_adaptation: all(result.experiments.shift_no_adaptation),
        adaptation_ladder: all(result.experiments.adaptation_ladder),
      },
    };
    expect(many.categories).toHaveLength(8 * names.length);
    const pdf = await renderPaper({ result: many, pictures: NO_PICTURES });
    expect(pagesOf(pdf)).toBeLessThanOrEqual(8);
  });
});

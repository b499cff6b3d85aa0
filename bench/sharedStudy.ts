/**
 * The README's study: configs/shared.yaml on the real photographs of ../shared, from nothing: first
 * the experiments, then the same from a full cache, then the analysis. Writes
 * bench/results/shared-study.md. With `--keep FOLDER` run and cache stay there, and what is there
 * already is not computed again.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StudyResult } from '../src/result/result.ts';
import { METHODS, type Method } from '../src/result/scenario.ts';
import { ANALYSIS_FILE } from '../src/study/outputs/writeOutputs.ts';
import { STAGES, type Stage } from '../src/study/plan/stages.ts';
import { runStudy } from '../src/study/runStudy.ts';

const CONFIG = 'configs/shared.yaml';
const RESULTS = 'bench/results/shared-study';
const RUNG = 10;

/** Image AUROC, F1 and specificity of every scenario, one row for each category and method. */
function table({ categories, experiments }: StudyResult): string {
  const head = [
    '| category | method | clean | no adaptation | threshold only | full adaptation | ladder, none | ladder, 10 pictures |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const rows = categories.flatMap(({ name }) =>
    METHODS.map((method) => {
      const own = <T extends { readonly category: string; readonly method: Method }>(
        results: readonly T[] | undefined,
      ): T | undefined => results?.find((one) => one.category === name && one.method === method);
      const ladder = own(experiments.adaptation_ladder);
      const rung = ladder?.rungs.find(
        ({ pictures, strategy }) => pictures === RUNG && strategy === 'append',
      );
      const cells = [
        own(experiments.clean)?.metrics,
        own(experiments.shift_no_adaptation)?.metrics,
        own(experiments.shift_threshold_only)?.metrics,
        own(experiments.shift_with_adaptation)?.metrics,
        ladder?.none,
        rung?.metrics,
      ].map(headline);
      return `| ${[name, method, ...cells].join(' | ')} |`;
    }),
  );
  return [...head, ...rows].join('\n');
}

type Metrics = NonNullable<StudyResult['experiments']['clean']>[number]['metrics'];

function headline(metrics: Metrics | undefined): string {
  const names = ['image_auroc', 'f1', 'specificity'] as const;
  return names.map((name) => metrics?.[name]?.value?.toFixed(3) ?? '-').join(' / ');
}

async function timed(
  out: string,
  only: readonly Stage[],
): Promise<{ result: StudyResult; seconds: number }> {
  const start = performance.now();
  const { result } = await runStudy({ config: CONFIG, out, only });
  return { result, seconds: (performance.now() - start) / 1000 };
}

const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'flawmap-study-'));
mkdirSync(folder, { recursive: true });
process.env.FLAWMAP_CACHE = join(folder, 'cache');
try {
  const out = join(folder, 'run');
  const experiments = STAGES.filter((stage) => stage !== 'analysis');
  const first = await timed(out, experiments);
  const second = await timed(out, experiments);
  const third = await timed(out, ['analysis']);
  const minutes = (seconds: number) => (seconds / 60).toFixed(1);
  const times = `The experiments took ${minutes(first.seconds)} minutes from nothing, again from a full cache ${second.seconds.toFixed(1)} s; the analysis after them ${minutes(third.seconds)} minutes.`;
  // Of a run that goes on with what was there, times say nothing.
  const text = [table(first.result), ...(values.keep === undefined ? [times] : [])]
    .map((part) => `${part}\n`)
    .join('\n');
  writeFileSync(`${RESULTS}.md`, text);
  copyFileSync(join(out, ANALYSIS_FILE), `${RESULTS}-analysis.md`);
  console.log(text);
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

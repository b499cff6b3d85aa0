/** What a study has found, for people. */
import { join } from 'node:path';
import { PAGE_FILE, PAPER_FILE, REPORT_FOLDER } from '../../report/reportFormats.ts';
import type { Estimates } from '../../result/estimate.ts';
import type { StudyResult } from '../../result/result.ts';
import { ANALYSIS_FILE } from '../../study/outputs/writeOutputs.ts';
import type { StudyOutcome } from '../../study/runStudy.ts';
import type { CommandContext } from '../command.ts';
import { type Cell, textTable } from '../textTable.ts';
import { relativePath } from './relativePath.ts';

export function describeStudy(
  { out, result, files }: StudyOutcome,
  paint: CommandContext['paint'],
): string {
  const { experiments } = result;
  const sections: [title: string, body: string][] = [
    ['Clean, shifted, adapted', scenarioTable(result)],
    ['Adaptation ladder: K pictures under a new lamp', ladderTable(result)],
    ['One model for all categories', globalTable(experiments.global ?? [])],
    ['Limits of this data', limitations(result)],
  ];
  return [
    ...sections
      .filter(([, body]) => body !== '')
      .map(([title, body]) => `${paint('bold', title)}\n${body}\n`),
    ...(files.includes(ANALYSIS_FILE)
      ? [`What the analysis says: ${relativePath(join(out, ANALYSIS_FILE))}`]
      : []),
    ...[PAGE, PAPER]
      .filter((file) => files.includes(file))
      .map((file) => `The report: ${relativePath(join(out, file))}`),
    `${files.length} files in ${relativePath(out)}; everything is in ${relativePath(join(out, 'result.json'))}`,
  ].join('\n');
}

const PAGE = `${REPORT_FOLDER}/${PAGE_FILE}`;
const PAPER = `${REPORT_FOLDER}/${PAPER_FILE}`;

const decimals = (value: number | null | undefined): string =>
  value === null || value === undefined ? '-' : value.toFixed(3);

const SCENARIO_TITLES = {
  clean: 'clean',
  shift_no_adaptation: 'no adaptation',
  shift_threshold_only: 'threshold only',
  shift_with_adaptation: 'full adaptation',
} as const;

/** AUROC, F1 and specificity of every scenario. */
function scenarioTable({ experiments }: StudyResult): string {
  const rows = (Object.keys(SCENARIO_TITLES) as (keyof typeof SCENARIO_TITLES)[]).flatMap((name) =>
    (experiments[name] ?? []).map(({ category, method, metrics, baselines }): Cell[] => [
      category,
      method,
      SCENARIO_TITLES[name],
      ...headline(metrics),
      decimals(metrics.pro?.value),
      decimals(baselines.flagEverything.f1),
    ]),
  );
  if (rows.length === 0) return '';
  rows.sort((a, b) => compare(a[0]!, b[0]!) || compare(b[1]!, a[1]!));
  const columns = [
    'category',
    'method',
    'scenario',
    'AUROC',
    'F1',
    'specificity',
    'PRO',
    'F1 of flagging all',
  ];
  return textTable(columns, rows);
}

function ladderTable({ experiments }: StudyResult): string {
  const rows = (experiments.adaptation_ladder ?? []).flatMap(
    ({ category, method, none, rungs }): Cell[][] => [
      [category, method, 0, 'none', ...headline(none)],
      ...rungs.map(({ pictures, strategy, metrics }) => [
        category,
        method,
        pictures,
        strategy,
        ...headline(metrics),
      ]),
    ],
  );
  if (rows.length === 0) return '';
  return textTable(['category', 'method', 'K', 'strategy', 'AUROC', 'F1', 'specificity'], rows);
}

function globalTable(results: NonNullable<StudyResult['experiments']['global']>): string {
  const rows = results.flatMap(({ method, categories }) =>
    categories.map(({ category, perCategory, pooled, own, routing }): Cell[] => [
      category,
      method,
      decimals(perCategory.image_auroc?.value),
      decimals(pooled.image_auroc?.value),
      decimals(perCategory.f1?.value),
      decimals(own.f1?.value),
      decimals(pooled.f1?.value),
      decimals(routing?.patches.rate),
    ]),
  );
  if (rows.length === 0) return '';
  const columns = [
    'category',
    'method',
    'AUROC own',
    'AUROC global',
    'F1 own',
    'F1 global, own threshold',
    'F1 global, pooled',
    'patches misrouted',
  ];
  return textTable(columns, rows);
}

const headline = (metrics: Estimates): string[] => [
  decimals(metrics.image_auroc?.value),
  decimals(metrics.f1?.value),
  decimals(metrics.specificity?.value),
];

/** They name their category. */
const limitations = ({ categories }: StudyResult): string =>
  categories.flatMap((category) => category.limitations).join('\n');

const compare = (a: Cell, b: Cell): number => (a < b ? -1 : a > b ? 1 : 0);

/** 5.1: where nothing has changed. */
import type { MetricName } from '../../../result/metricNames.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method, ScenarioResult } from '../../../result/scenario.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { averageOf } from '../average.ts';
import { changesOf, changesTold } from '../changes.ts';
import { methodsOf } from '../facts.ts';
import { NONE, type PaperColumn, paperTable } from '../figures.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { counted, estimated, fixed } from '../numbers.ts';
import { type Inserted, NOTHING, paragraph, subsection, type Typst, typst } from '../typst.ts';
import { longTable } from './longTable.ts';

export function cleanResults(result: StudyResult): Typst {
  const all = scenariosOf(result, 'clean');
  if (all.length === 0) return NOTHING;
  return subsection(
    'Clean images',
    paragraph(
      ...methodsOf(result).map((method) => ranks(result, method)),
      compared(result),
      typst`@tab-clean has all figures.`,
    ),
    paragraph(pixels(all), judged(result)),
    table(result, all),
  );
}

function ranks(result: StudyResult, method: Method): Typst {
  const known = scenariosOf(result, 'clean', method).flatMap(({ category, metrics }) => {
    const estimate = metrics.image_auroc;
    const value = estimate?.value ?? null;
    return value === null ? [] : [{ category, value, told: estimated(estimate) ?? fixed(value) }];
  });
  if (known.length === 0) return NOTHING;
  const sorted = known.toSorted((a, b) => a.value - b.value);
  const values = firstOf(
    sorted.map(({ category, told }) => typst`${told} on ${name(category)}`),
    3,
  );
  const average = estimated(averageOf(result, 'clean', method, 'image_auroc'));
  const mean = known.length === 1 || average === null ? '' : typst`; their mean is ${average}`;
  return typst`${methodName(method)} reaches an image AUROC of ${values}${mean}.`;
}

/** PatchCore less PaDiM. */
function compared(result: StudyResult): Typst {
  const [first, second] = methodsOf(result);
  if (first === undefined || second === undefined) return NOTHING;
  const changes = changesOf(
    result,
    'image_auroc',
    { scenario: 'clean', method: first },
    { scenario: 'clean', method: second },
  );
  const shown = changes.filter((change) => change.shown === true);
  if (changes.length === 0) return NOTHING;
  if (shown.length === 0) {
    return typst`Between the methods no difference of AUROC is shown in any category.`;
  }
  return changesTold(
    typst`the AUROC`,
    changes,
    `From ${methodName(second)} to ${methodName(first)}`,
  );
}

function pixels(all: readonly ScenarioResult[]): Typst {
  const withTruth = all.filter(({ metrics }) => (metrics.pro?.value ?? null) !== null);
  if (withTruth.length === 0) {
    return typst`Where in an image the anomaly lies cannot be judged: no category has masks.`;
  }
  const values = withTruth.map(
    ({ category, method, metrics }) =>
      typst`${fixed(metrics.pro?.value ?? 0)} on ${name(category)} (${methodName(method)})`,
  );
  const missing = new Set(
    all.filter((one) => !withTruth.includes(one)).map(({ category }) => category),
  );
  const without =
    missing.size === 0
      ? ''
      : typst`; for ${firstOf(
          [...missing].map((one) => name(one)),
          3,
        )} it is not computable without masks`;
  return typst`Defects are located with a PRO of ${firstOf(values, 6)}${without}.`;
}

/** At the chosen threshold: what is missed and what is rejected. */
function judged(result: StudyResult): Typst {
  const told = methodsOf(result).flatMap((method) => {
    const runs = scenariosOf(result, 'clean', method).flatMap((one) => one.runs.slice(0, 1));
    if (runs.length === 0) return [];
    const sum = (key: 'tp' | 'fn' | 'fp' | 'tn') =>
      runs.reduce((total, run) => total + run.confusion[key], 0);
    const [missed, defects, rejects, good] = [
      sum('fn'),
      sum('fn') + sum('tp'),
      sum('fp'),
      sum('fp') + sum('tn'),
    ];
    return [
      typst`${methodName(method)} lets ${missed} of ${counted(defects, 'defective image')} escape and rejects ${rejects} of ${counted(good, 'good one')}`,
    ];
  });
  if (told.length === 0) return NOTHING;
  return typst`At the chosen thresholds (first seed, all categories together) ${listed(told)}.`;
}

const COLUMNS: readonly (readonly [string, MetricName])[] = [
  ['AUROC', 'image_auroc'],
  ['AP', 'image_average_precision'],
  ['F1', 'f1'],
  ['Recall', 'recall'],
  ['Specificity', 'specificity'],
  ['Pixel AUROC', 'pixel_auroc'],
  ['PRO', 'pro'],
];

function table(result: StudyResult, all: readonly ScenarioResult[]): Typst {
  const { rows, note } = longTable(all, (one) => one.metrics.image_auroc?.value ?? null);
  const cells = (of: ScenarioResult['metrics']) =>
    COLUMNS.map(([, metric]) => estimated(of[metric]) ?? NONE);
  const categories = [...new Set(rows.map(({ category }) => category))];
  const groups = categories.map((category) =>
    rows
      .filter((row) => row.category === category)
      .map((row, i): readonly Inserted[] => [
        i === 0 ? name(category, 16) : '',
        methodName(row.method),
        ...cells(row.metrics),
      ]),
  );
  const means =
    result.categories.length === 1
      ? []
      : methodsOf(result).flatMap((method, i) => {
          const macro = result.macro.clean?.[method];
          return macro === undefined
            ? []
            : [[i === 0 ? 'mean' : '', methodName(method), ...cells(macro)]];
        });
  const columns: readonly PaperColumn[] = [
    { title: 'Category' },
    { title: 'Method' },
    ...COLUMNS.map(([title]) => ({ title, align: 'right' as const })),
  ];
  return paperTable({
    label: 'tab-clean',
    caption: typst`Clean images, at the chosen threshold where one is needed: the mean over seeds with its interval over test images (${testCounts(all)}). A dash: not computable.${note}`,
    columns,
    groups: [...groups, means],
    wide: true,
  });
}

/** `bottle 20 normal and 45 anomalous`. */
function testCounts(all: readonly ScenarioResult[]): Typst {
  const seen = all.filter(
    (one, i) => all.findIndex(({ category }) => category === one.category) === i,
  );
  const told = seen.map(
    ({ category, counts: { test } }) => typst`${name(category)} ${test.normal} + ${test.anomalous}`,
  );
  return typst`$n$ normal + anomalous: ${firstOf(told, 4)}`;
}

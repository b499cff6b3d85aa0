/** 5.4: one model for all categories, against one for each. */
import type { GlobalResult } from '../../../result/globalModel.ts';
import type { StudyResult } from '../../../result/result.ts';
import { leavesOutZero } from '../changes.ts';
import { NONE, paperTable } from '../figures.ts';
import { firstOf, methodName, name } from '../names.ts';
import { estimated, fixed, percent, signed, withInterval } from '../numbers.ts';
import {
  type Inserted,
  joined,
  NOTHING,
  paragraph,
  subsection,
  type Typst,
  typst,
} from '../typst.ts';
import { longTable } from './longTable.ts';

export function globalResults(result: StudyResult): Typst {
  const models = result.experiments.global ?? [];
  if (models.length === 0) return NOTHING;
  return subsection(
    'One model for all categories',
    paragraph(...models.map(losses), ...models.map(mechanism)),
    table(models),
  );
}

type Loss = GlobalResult['categories'][number]['loss']['pooled'][string];

const shownLoss = (loss: Loss | undefined): boolean =>
  loss !== undefined && (loss.value ?? 0) > 0 && leavesOutZero(loss.interval) === true;

function losses({ method, categories }: GlobalResult): Typst {
  const of = (metric: string, kind: 'pooled' | 'own') =>
    categories.filter(({ loss }) => shownLoss(loss[kind][metric]));
  const told = (own: GlobalResult['categories'], metric: string, kind: 'pooled' | 'own') =>
    firstOf(
      own.map(
        ({ category, loss }) => typst`${name(category)} (${fixed(loss[kind][metric]?.value ?? 0)})`,
      ),
      3,
    );
  const [ranking, pooled, own] = [
    of('image_auroc', 'pooled'),
    of('balanced_accuracy', 'pooled'),
    of('balanced_accuracy', 'own'),
  ];
  const first =
    ranking.length === 0
      ? typst`${methodName(method)} is not shown to lose AUROC when all categories share a model`
      : typst`${methodName(method)} loses AUROC on ${told(ranking, 'image_auroc', 'pooled')} when all categories share a model`;
  const second =
    pooled.length === 0
      ? typst`no loss of balanced accuracy under the one pooled threshold is shown`
      : typst`under the one pooled threshold it loses balanced accuracy on ${told(pooled, 'balanced_accuracy', 'pooled')}`;
  const third =
    pooled.length === 0
      ? ''
      : own.length === 0
        ? typst`; with a threshold for each category no loss is shown`
        : typst`; with a threshold for each category still on ${told(own, 'balanced_accuracy', 'own')}`;
  return typst`${first}; ${second}${third}.`;
}

/** Why: rows of other categories nearby, or Gaussians that had to grow. */
function mechanism({ method, categories }: GlobalResult): Typst {
  const routed = categories.flatMap(({ category, routing }) =>
    routing === null ? [] : [typst`${percent(routing.patches.rate)} on ${name(category)}`],
  );
  const grown = categories.flatMap(({ category, covarianceInflation: grows }) =>
    grows === null ? [] : [typst`${fixed(grows.traceRatio.median, 1)} times on ${name(category)}`],
  );
  return joined(
    [
      routed.length === 0
        ? NOTHING
        : typst`Of the test patches, ${firstOf(routed, 4)} find their nearest row in another category's part of the shared bank.`,
      grown.length === 0
        ? NOTHING
        : typst`${methodName(method)}'s pooled Gaussians are wide: the trace of their covariances is, in the median over positions, ${firstOf(grown, 4)} that of the category's own.`,
    ].filter(({ source }) => source !== ''),
    ' ',
  );
}

function table(models: readonly GlobalResult[]): Typst {
  const all = models.flatMap(({ method, categories }) =>
    categories.map((own) => ({ ...own, method })),
  );
  const { rows, note } = longTable(all, (row) => row.pooled.image_auroc?.value ?? null);
  const loss = (of: Loss | undefined): Inserted => {
    if (of === undefined || of.value === null) return NONE;
    const told = withInterval(
      -of.value,
      of.interval === null ? null : { low: -of.interval.high, high: -of.interval.low },
      2,
      signed,
    );
    return leavesOutZero(of.interval) === true ? typst`*${told}*` : told;
  };
  const groups = models.map(({ method }) =>
    rows
      .filter((row) => row.method === method)
      .map((row, i): readonly Inserted[] => [
        i === 0 ? methodName(method) : '',
        name(row.category, 16),
        estimated(row.perCategory.image_auroc) ?? NONE,
        estimated(row.pooled.image_auroc) ?? NONE,
        loss(row.loss.pooled.image_auroc),
        loss(row.loss.pooled.balanced_accuracy),
        loss(row.loss.own.balanced_accuracy),
      ]),
  );
  const number = (title: string) => ({ title, align: 'right' as const });
  return paperTable({
    label: 'tab-global',
    caption: typst`One model for all categories against one for each, on the same clean test images: image AUROC of both, and what changes in AUROC and in balanced accuracy (BA) under one pooled threshold, and under a threshold for each category. Bold: the interval leaves out zero.${note}`,
    columns: [
      { title: 'Method' },
      { title: 'Category' },
      number('AUROC, own model'),
      number('one model'),
      number('Change'),
      number('BA, pooled threshold'),
      number('BA, own threshold'),
    ],
    groups,
    wide: true,
  });
}

/** 5.2: the clean model and its threshold under other imaging conditions. */
import type { StudyResult } from '../../../result/result.ts';
import { SCENARIOS } from '../../../result/scenario.ts';
import { scenarioOf, scenariosOf } from '../../answer/scenarioOf.ts';
import { type IntervalDot, intervalDots } from '../../plots/intervalDots.ts';
import { METRIC_TITLES } from '../../wording/metricTitles.ts';
import { SCENARIO_TITLES } from '../../wording/scenarioTitles.ts';
import { averageOf } from '../average.ts';
import { changesOf, changesTold, meanChangeTold } from '../changes.ts';
import { methodsOf } from '../facts.ts';
import { NONE, paperTable } from '../figures.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { estimated, percent } from '../numbers.ts';
import { EMPTY, type Part, plotPart, textPart, together } from '../part.ts';
import { type Inserted, NOTHING, paragraph, subsection, type Typst, typst } from '../typst.ts';
import { longTable } from './longTable.ts';
import { promises, promiseTable } from './promises.ts';

export function shiftResults(result: StudyResult): Part {
  if (scenariosOf(result, 'shift-none').length === 0) return EMPTY;
  return together(
    textPart(
      subsection(
        'Shift without adaptation',
        paragraph(
          ...methodsOf(result).flatMap((method) => {
            const sides = [
              { scenario: 'shift-none', method },
              { scenario: 'clean', method },
            ] as const;
            return [
              changesTold(
                typst`the AUROC of ${methodName(method)}`,
                changesOf(result, 'image_auroc', ...sides),
              ),
              meanChangeTold(result, 'image_auroc', ...sides),
            ];
          }),
          typst`@tab-scenarios and @fig-paper-scenarios set all scenarios side by side.`,
        ),
        paragraph(falseRejects(result), promises(result)),
      ),
    ),
    scenarioTable(result),
    scenarioFigure(result),
    promiseTable(result),
  );
}

/** At the threshold kept from clean images. */
function falseRejects(result: StudyResult): Typst {
  const told = methodsOf(result).flatMap((method) => {
    const now = averageOf(result, 'shift-none', method, 'specificity')?.value ?? null;
    const before = averageOf(result, 'clean', method, 'specificity')?.value ?? null;
    const found = averageOf(result, 'shift-none', method, 'recall')?.value ?? null;
    if (now === null || found === null) return [];
    const clean = before === null ? '' : ` (${whole(before)} when clean)`;
    return [
      typst`${methodName(method)} still passes ${whole(now)} of the good parts${clean} and finds ${whole(found)} of the defects`,
    ];
  });
  const all = methodsOf(result).flatMap((method) => {
    const every = scenariosOf(result, 'shift-none', method).filter(
      ({ metrics }) => metrics.specificity?.value === 0,
    );
    return every.length === 0
      ? []
      : [
          typst`every good image of ${firstOf(
            every.map(({ category }) => name(category)),
            3,
          )} is rejected by ${methodName(method)}`,
        ];
  });
  if (told.length === 0) return NOTHING;
  const extreme =
    all.length === 0
      ? ''
      : typst` At these thresholds ${listed(all)}: their F1 and recall then are those of rejecting everything.`;
  return typst`What happens at the threshold that was set on clean images no AUROC tells: ${listed(told)}.${extreme}`;
}

const whole = (share: number): string => percent(Math.round(share * 1000) / 1000);

const TABLED = [
  ['image_auroc', 'AUROC'],
  ['balanced_accuracy', 'balanced accuracy'],
] as const;

/** Scenarios as columns, AUROC and balanced accuracy one below the other. */
function scenarioTable(result: StudyResult): Part {
  const ran = SCENARIOS.filter((scenario) => scenariosOf(result, scenario).length > 0);
  const all = scenariosOf(result, 'shift-none');
  const { rows, note } = longTable(all, (one) => one.metrics.image_auroc?.value ?? null);
  const groups = TABLED.map(([metric, title]) => [
    ...rows.map(({ category, method }, i): readonly Inserted[] => [
      title,
      rows[i - 1]?.category === category ? '' : name(category, 16),
      methodName(method),
      ...ran.map(
        (scenario) =>
          estimated(scenarioOf(result, scenario, category, method)?.metrics[metric]) ?? NONE,
      ),
    ]),
    ...(result.categories.length === 1
      ? []
      : methodsOf(result).map((method, i): readonly Inserted[] => [
          title,
          i === 0 ? typst`_mean_` : '',
          methodName(method),
          ...ran.map((scenario) => estimated(averageOf(result, scenario, method, metric)) ?? NONE),
        ])),
  ]);
  return textPart(
    paperTable({
      label: 'tab-scenarios',
      caption: typst`Every scenario on the same test images: image AUROC, and balanced accuracy at the scenario's threshold (0.5: no better than rejecting all, or none). A new threshold moves no AUROC.${note}`,
      columns: [
        { title: 'Metric' },
        { title: 'Category' },
        { title: 'Method' },
        ...ran.map((scenario) => ({ title: SCENARIO_TITLES[scenario], align: 'right' as const })),
      ],
      groups: groups.map((group) =>
        group.map(([title, ...cells], i) => [i === 0 ? (title ?? '') : '', ...cells]),
      ),
      wide: true,
    }),
  );
}

/** Categories drawn; of more, those that lose most. */
const DRAWN = 6;

function scenarioFigure(result: StudyResult): Part {
  const lost = scenariosOf(result, 'shift-none').toSorted(
    (a, b) => (a.change?.balanced_accuracy?.value ?? 0) - (b.change?.balanced_accuracy?.value ?? 0),
  );
  const worst = [...new Set(lost.map(({ category }) => category))].slice(0, DRAWN);
  const drawn = result.categories.map(({ name: own }) => own).filter((own) => worst.includes(own));
  const dots = drawn.flatMap((category) =>
    SCENARIOS.flatMap((scenario) =>
      methodsOf(result).flatMap((method): IntervalDot[] => {
        const found = scenarioOf(result, scenario, category, method);
        const { value = null, interval = null } = found?.metrics.balanced_accuracy ?? {};
        if (found === undefined || value === null) return [];
        const { normal, anomalous } = found.counts.test;
        return [
          {
            panel: category,
            label: SCENARIO_TITLES[scenario],
            method,
            value,
            low: interval?.low ?? null,
            high: interval?.high ?? null,
            n: normal + anomalous,
          },
        ];
      }),
    ),
  );
  if (dots.length === 0) return EMPTY;
  const title = METRIC_TITLES.balanced_accuracy;
  const plot = intervalDots(
    {
      id: 'paper-scenarios',
      title: '',
      sentence: `${title} of every scenario, by category and method.`,
    },
    dots,
    { title, domain: [0, 1], reference: 0.5, columns: 3 },
  );
  const left = result.categories.length - drawn.length;
  return plotPart(
    plot,
    typst`Balanced accuracy by scenario with its interval; the dashed line is rejecting all, or none.${left === 0 ? '' : ` The ${drawn.length} of ${result.categories.length} categories that lose most.`}`,
    { wide: true, columns: 3, width: 185, height: { step: 13 } },
  );
}

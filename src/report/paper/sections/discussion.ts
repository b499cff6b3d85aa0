/** 7: what the figures may be taken for, and what not. */
import type { StudyResult } from '../../../result/result.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { settingAt } from '../../settingAt.ts';
import { differencesOf } from '../changes.ts';
import { confidenceOf, methodsOf } from '../facts.ts';
import { listed, methodName, name } from '../names.ts';
import { counted, fixed, opening, percent } from '../numbers.ts';
import { lead, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';

export function discussion(result: StudyResult): Typst {
  return section(
    'Discussion',
    numbersOfImages(result),
    bias(result),
    generalisation(result),
    onTheLine(result),
    whatDataCannotTell(result),
  );
}

/** What so few test images leave open, by the widest interval of a rate that looks perfect. */
function numbersOfImages(result: StudyResult): Typst {
  const perfect = scenariosOf(result, 'clean').flatMap(({ category, method, metrics, counts }) => {
    const { value = null, interval = null } = metrics.specificity ?? {};
    return value === 1 && interval !== null
      ? [{ category, method, low: interval.low, images: counts.test.normal }]
      : [];
  });
  const [widest] = perfect.toSorted((a, b) => a.low - b.low);
  const family = result.analysis.statistics?.[0]?.family;
  const undecided = family === undefined ? 0 : family.tests - family.different;
  return paragraph(
    lead('Limitations'),
    widest === undefined
      ? null
      : typst`On ${name(widest.category)} ${methodName(widest.method)} rejects none of ${counted(widest.images, 'good test image')}; with ${percent(confidenceOf(result))} confidence that rules out no more than a specificity below ${fixed(widest.low, 2)}.`,
    family === undefined || family.tests === 0
      ? null
      : undecided === 0
        ? typst`All declared comparisons are decided; what was not declared is described, not claimed.`
        : typst`Of ${counted(family.tests, 'declared comparison')}, ${undecided === family.tests ? 'none shows a' : `${undecided} ${undecided === 1 ? 'shows' : 'show'} no`} difference${family.tooFew === 0 ? '' : ` (${family.tooFew} of them for want of images)`}. That is not evidence of equality: ${open(result)}.`,
    spread(result),
  );
}

/** Differences of this size are worth a second look on any line. */
const NOTICED = 0.05;

/** How much room the intervals of undecided comparisons leave. */
function open(result: StudyResult): Typst {
  const undecided = differencesOf(result).filter(
    ({ inFamily, verdict }) => inFamily && verdict !== 'different',
  );
  const wide = undecided.filter(({ difference: { interval } }) =>
    interval === null ? true : Math.max(-interval.low, interval.high) >= NOTICED,
  );
  return typst`${wide.length} of their ${undecided.length} intervals reach a difference of ${NOTICED} or more, or are not known`;
}

/** Between seeds, where there are several. */
function spread(result: StudyResult): Typst {
  const all = scenariosOf(result, 'clean').flatMap(({ category, method, metrics }) => {
    const { deviation = null } = metrics.image_auroc ?? {};
    return deviation === null ? [] : [{ category, method, deviation }];
  });
  const [most] = all.toSorted((a, b) => b.deviation - a.deviation);
  if (most === undefined) return NOTHING;
  return typst`Seeds move the clean AUROC by a standard deviation of at most ${fixed(most.deviation)} (${name(most.category)}, ${methodName(most.method)}).`;
}

function bias(result: StudyResult): Typst {
  const painted = settingAt(result, 'dataset.synthetic');
  const synthetic =
    painted !== undefined && painted !== null && settingAt(result, 'dataset.root') === null;
  const prevalences = scenariosOf(result, 'clean').flatMap(({ runs }) =>
    runs.flatMap(({ thresholds: { chosen } }) =>
      chosen.rule === 'f1-optimal' ? [chosen.prevalence] : [],
    ),
  );
  const line = result.analysis.plant?.[0]?.line;
  return paragraph(
    lead('Bias'),
    synthetic
      ? typst`Painted defects have edges and contrasts that their programmer chose, and the same programmer wrote the features; good figures here are easier to come by than on photographs.`
      : null,
    scenariosOf(result, 'shift-none').length === 0
      ? null
      : typst`The shift is computed, not photographed: it keeps shadows, highlights and focus where they were, which a real lamp does not. It was drawn from ranges chosen beforehand, and its size decides how large every loss reported here is.`,
    prevalences.length === 0
      ? null
      : typst`Thresholds of highest F1 were fitted where ${range(prevalences)} of the images are defective${line === undefined ? '' : typst`; the line assumed has ${percent(line.defectRate)}${atLine(result, line.defectRate)}`}.`,
    typst`Test images of one product come from few parts and sessions; that they are independent, as every interval supposes, cannot be checked.`,
  );
}

/** Where most of what is rejected would be good parts. */
function atLine(result: StudyResult, defectRate: number): Typst {
  const cases = scenariosOf(result, 'clean').flatMap(({ metrics }) => {
    const [recall, specificity] = [
      metrics.recall?.value ?? null,
      metrics.specificity?.value ?? null,
    ];
    return recall === null || specificity === null ? [] : [{ recall, specificity }];
  });
  const mostlyGood = cases.filter(
    ({ recall, specificity }) => (1 - defectRate) * (1 - specificity) > defectRate * recall,
  );
  if (cases.length === 0) return NOTHING;
  return typst`, at which, by the rates measured on clean images, most of the rejected parts would be good ones in ${mostlyGood.length} of ${counted(cases.length, 'case')}`;
}

function range(shares: readonly number[]): string {
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((one) =>
    percent(Math.round(one * 100) / 100),
  );
  return least === most ? `${least}` : `${least} to ${most}`;
}

function generalisation(result: StudyResult): Typst {
  const count = result.categories.length;
  const aucs = methodsOf(result)
    .map((method) => {
      const values = scenariosOf(result, 'shift-none', method).flatMap(
        ({ change }) => change?.image_auroc?.value ?? [],
      );
      return {
        method,
        least: Math.max(...values),
        most: Math.min(...values),
        known: values.length,
      };
    })
    .filter(({ known }) => known > 1);
  const apart = aucs.map(
    ({ method, least, most }) =>
      typst`from ${fixed(least, 2)} to ${fixed(most, 2)} (${methodName(method)})`,
  );
  return paragraph(
    lead('Generalisation'),
    count < 6
      ? typst`${opening(count, 'category', 'categories')} ${count === 1 ? 'says' : 'say'} nothing certain of a next one: even if all agreed, a signed test of fewer than six could not reach a level of 5%. Means over categories are summaries of these products.`
      : typst`Means over ${count} categories summarise these products; intervals resample their images, not the products.`,
    apart.length === 0
      ? null
      : typst`How different they are shows in what the same shift does to their AUROC: changes range ${listed(apart)}.`,
    exchangeable(result),
  );
}

/** Whether validation images stand for test images, by the analysis. */
function exchangeable(result: StudyResult): Typst {
  const statistics = result.analysis.statistics?.[0];
  if (statistics === undefined) return NOTHING;
  const cases = (clean: boolean) =>
    statistics.exchangeability.data.filter(
      ({ scenario, adjusted }) => (scenario === 'clean') === clean && adjusted !== null,
    );
  const told = ([true, false] as const).flatMap((clean) => {
    const all = cases(clean);
    if (all.length === 0) return [];
    const differ = all.filter(({ adjusted }) => (adjusted ?? 1) < statistics.level).length;
    return [
      typst`${differ} of ${counted(all.length, 'case')} ${clean ? 'on clean images' : 'under the shift'}`,
    ];
  });
  if (told.length === 0) return NOTHING;
  return typst`Thresholds suppose validation images like the test images; their good scores differ in ${listed(told)} (Kolmogorov–Smirnov, Holm-adjusted).`;
}

/** Can a change be noticed without labels, and does a detector pay? */
function onTheLine(result: StudyResult): Typst {
  return paragraph(lead('On the line'), pays(result), noticed(result));
}

function pays(result: StudyResult): Typst {
  const cases = (result.analysis.plant ?? []).flatMap(({ conditions }) =>
    conditions
      .filter(({ condition }) => condition === 'clean')
      .flatMap(({ report }) => {
        const cost = (rule: string) =>
          report.data.thresholds.find((one) => one.rule === rule)?.cost?.value ?? null;
        const [own, least, nothing] = [cost('own'), cost('least-cost'), cost('flag-nothing')];
        return own === null || least === null || nothing === null ? [] : [{ own, least, nothing }];
      }),
  );
  if (cases.length === 0) return NOTHING;
  const worse = cases.filter(({ own, nothing }) => own >= nothing).length;
  const better = cases.filter(({ least, nothing }) => least < nothing).length;
  return typst`At the costs assumed, inspecting at the chosen threshold on clean images costs more than passing every part in ${worse} of ${counted(cases.length, 'case')}; at the threshold of least cost it is cheaper in ${better}.`;
}

function noticed(result: StudyResult): Typst {
  const parts = result.analysis.drift ?? [];
  const alarms = parts.flatMap(({ falseAlarms }) =>
    falseAlarms.data.filter(({ rule }) => rule === 'both-drawn').map(({ rate }) => rate),
  );
  const detections = parts.flatMap(({ detection }) => {
    const last = detection.data.at(-1)?.level;
    return detection.data.filter(({ level }) => level === last).map(({ atStart }) => atStart);
  });
  const medians = detections.flatMap(({ median }) => median ?? []);
  if (detections.length === 0 || medians.length === 0) return NOTHING;
  const missed = detections.length - medians.length;
  const falsely =
    alarms.length === 0
      ? ''
      : `, while at most ${percent(Math.max(...alarms))} of the unchanged streams of a thousand images raised one`;
  const unseen =
    missed === 0
      ? ''
      : ` In ${missed} of ${detections.length} cases half of the streams raised none.`;
  return typst`A conformal test martingale @vovk2003 on plain image statistics noticed severe changes without labels after a median of ${Math.min(...medians)} to ${Math.max(...medians)} images${falsely}.${unseen}`;
}

/** In the study's own sentences; alike ones once. */
function whatDataCannotTell(result: StudyResult): Typst {
  const all = result.categories.flatMap(({ limitations }) => limitations);
  const distinct = all.filter(
    (one, i) => all.findIndex((other) => pattern(other) === pattern(one)) === i,
  );
  if (distinct.length === 0) return NOTHING;
  const rest = all.length - distinct.length;
  return paragraph(
    lead('What the data cannot tell'),
    ...distinct.slice(0, MOST).map((one) => typst`${one}`),
    rest === 0
      ? null
      : typst`(${rest === 1 ? 'One more sentence' : `${rest} more sentences`} of this kind ${rest === 1 ? 'holds' : 'hold'} for other categories.)`,
  );

  /** Without what differs between categories: names and numbers. */
  function pattern(text: string): string {
    const names = result.categories.map((category) => category.name);
    return names.reduce((kept, own) => kept.replaceAll(own, ''), text).replaceAll(/[\d.]+/g, '');
  }
}

const MOST = 4;

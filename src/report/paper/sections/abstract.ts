/** The abstract: the numbers of this study, in the order of its questions. */
import type { StudyResult } from '../../../result/result.ts';
import type { Method, Scenario } from '../../../result/scenario.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { averageOf, overCategories } from '../average.ts';
import { methodsOf } from '../facts.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { counted, estimated, fixed, percent } from '../numbers.ts';
import { NOTHING, paragraph, type Typst, typst } from '../typst.ts';
import { bestRungs } from './ladderFacts.ts';

export function abstract(result: StudyResult): Typst {
  return paragraph(
    question(result),
    onClean(result),
    underShift(result),
    adapted(result),
    withPictures(result),
    inOneModel(result),
    tested(result),
  );
}

function question(result: StudyResult): Typst {
  const methods = methodsOf(result);
  const names = result.categories.map((category) => name(category.name));
  const shifted = scenariosOf(result, 'shift-none').length > 0;
  const conditions = shifted
    ? ' under the imaging conditions of its training and under changed ones'
    : '';
  const subject = listed(methods.map(methodName));
  return typst`Visual inspection has to find defects of kinds that nobody has seen before, from photographs of good parts alone. We measure how well ${subject} ${methods.length === 1 ? 'does' : 'do'} so on ${firstOf(names, 4)}${conditions}.`;
}

function onClean(result: StudyResult): Typst {
  const values = perMethod(result, 'clean');
  const [first] = scenariosOf(result, 'clean');
  if (values.length === 0 || first === undefined) return NOTHING;
  return typst`On clean test images the image AUROC${overCategories(result)} is ${listed(values)}.`;
}

/** `0.994 [0.98, 1.00] for PatchCore`. */
const perMethod = (result: StudyResult, scenario: Scenario): readonly Typst[] =>
  methodsOf(result).flatMap((method) => {
    const value = estimated(averageOf(result, scenario, method, 'image_auroc'));
    return value === null ? [] : [typst`${value} for ${methodName(method)}`];
  });

function underShift(result: StudyResult): Typst {
  const values = perMethod(result, 'shift-none');
  if (values.length === 0) return NOTHING;
  const passes = specificities(result, 'shift-none');
  const told = typst`Under simulated changes of imaging conditions, without any adaptation, it is ${listed(values)}`;
  if (passes.length === 0) return typst`${told}.`;
  return typst`${told}, and at the threshold set on clean images ${listed(passes)} of the good parts pass.`;
}

/** `31% (PatchCore, 95% when clean)`. */
function specificities(result: StudyResult, scenario: Scenario): readonly Typst[] {
  return methodsOf(result).flatMap((method) => {
    const now = averageOf(result, scenario, method, 'specificity')?.value ?? null;
    const before = averageOf(result, 'clean', method, 'specificity')?.value ?? null;
    if (now === null) return [];
    const clean = before === null ? '' : `, ${percent(round(before))} when clean`;
    return [typst`${percent(round(now))} (${methodName(method)}${clean})`];
  });
}

const round = (share: number): number => Math.round(share * 1000) / 1000;

function adapted(result: StudyResult): Typst {
  const told = (scenario: Scenario) =>
    methodsOf(result).flatMap((method) => {
      const value = averageOf(result, scenario, method, 'balanced_accuracy')?.value ?? null;
      return value === null ? [] : [typst`${fixed(value)} (${methodName(method)})`];
    });
  const none = told('shift-none');
  const ways = [
    { does: 'a new threshold', values: told('shift-threshold') },
    { does: 'fitting the model anew as well', values: told('shift-full') },
  ].filter(({ values }) => values.length > 0);
  if (none.length === 0 || ways.length === 0) return NOTHING;
  const results = ways.map(({ does, values }) => typst`with ${does} ${listed(values)}`);
  return typst`Balanced accuracy is ${listed(none)} without adaptation, ${listed(results)}.`;
}

function withPictures(result: StudyResult): Typst {
  const rungs = bestRungs(result);
  const [first] = rungs;
  if (first === undefined) return NOTHING;
  const values = rungs.map(
    ({ method, none, value }) =>
      typst`from ${fixed(none)} to ${fixed(value)} (${methodName(method)})`,
  );
  return typst`When ${counted(first.pictures, 'good picture')} taken under a new lamp ${first.pictures === 1 ? 'joins' : 'join'} the model, the AUROC there goes ${listed(values)}.`;
}

function inOneModel(result: StudyResult): Typst {
  const values = methodsOf(result).flatMap((method: Method) => {
    const own = averageOf(result, 'clean', method, 'image_auroc')?.value ?? null;
    const global = result.macro['global pooled']?.[method]?.image_auroc?.value ?? null;
    return own === null || global === null
      ? []
      : [typst`${fixed(global)} (${methodName(method)}; ${fixed(own)} apart)`];
  });
  if (values.length === 0) return NOTHING;
  return typst`One model for all categories reaches ${listed(values)}.`;
}

function tested(result: StudyResult): Typst {
  const statistics = result.analysis.statistics?.[0];
  if (statistics === undefined || statistics.family.tests === 0) return NOTHING;
  const { tests, different } = statistics.family;
  const level = percent(statistics.level);
  return typst`Of ${counted(tests, 'declared comparison')}, ${different === 0 ? 'none shows' : `${different} ${different === 1 ? 'shows' : 'show'}`} a difference at a level of ${level} for all of them together.`;
}

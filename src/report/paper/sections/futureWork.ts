/** 8: what this study could not show, and what would. */
import type { StudyResult } from '../../../result/result.ts';
import { SCENARIOS } from '../../../result/scenario.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { SCENARIO_TITLES } from '../../wording/scenarioTitles.ts';
import { firstOf, listed, methodName, name } from '../names.ts';
import { counted, fixed, percent } from '../numbers.ts';
import { NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';
import { laddersOf } from './ladderFacts.ts';

export function futureWork(result: StudyResult): Typst {
  return section(
    'Future work',
    paragraph(
      moreProducts(result),
      realLamps(result),
      moreImages(result),
      stillLost(result),
      masks(result),
      network(result),
      notRun(result),
    ),
  );
}

/** Fewest for a signed test at 5%. */
const ENOUGH = 6;

const moreProducts = (result: StudyResult): Typst =>
  result.categories.length >= ENOUGH
    ? NOTHING
    : typst`To speak of products in general takes at least ${ENOUGH - result.categories.length} more of them, chosen before anything is measured.`;

const realLamps = (result: StudyResult): Typst =>
  scenariosOf(result, 'shift-none').length === 0 && laddersOf(result).length === 0
    ? NOTHING
    : typst`The same parts should be photographed under a second, real lamp, to learn whether simulated losses predict real ones.`;

function moreImages(result: StudyResult): Typst {
  const needed = (result.analysis.plant ?? []).flatMap(({ conditions }) =>
    conditions.slice(0, 1).map(({ report }) => report.data.imagesNeeded),
  );
  const [most] = needed.toSorted((a, b) => b.onAverage.more - a.onAverage.more);
  if (most === undefined || most.onAverage.more === 0) return NOTHING;
  return typst`A false positive rate of ${percent(most.promisedFpr)} can be promised on average from ${counted(most.onAverage.needed, 'good validation image')} on; here there are as few as ${most.have}, and ${most.withConfidence.needed} would be needed to promise it for the very set at hand.`;
}

/** Ladders that end below the clean model. */
function stillLost(result: StudyResult): Typst {
  const short = laddersOf(result).flatMap(({ category, method, clean, rungs }) => {
    const appended = rungs.filter(({ strategy }) => strategy === 'append');
    const last = appended.toSorted((a, b) => b.pictures - a.pictures)[0];
    const [before, after] = [clean.image_auroc?.value ?? null, last?.metrics.image_auroc];
    if (last === undefined || before === null || after === undefined || after.value === null)
      return [];
    const below = after.interval !== null && after.interval.high < before;
    return below ? [{ category, method, pictures: last.pictures, gap: before - after.value }] : [];
  });
  if (short.length === 0) return NOTHING;
  const told = short
    .toSorted((a, b) => b.gap - a.gap)
    .map(
      ({ category, method, pictures, gap }) =>
        typst`${name(category)} (${methodName(method)}, ${fixed(gap)} of AUROC short at $K$ = ${pictures})`,
    );
  return typst`The ladder does not reach the clean model on ${firstOf(told, 3)}: more pictures, or features that a lamp moves less, are to be tried there.`;
}

function masks(result: StudyResult): Typst {
  const lacking = [
    ...new Set(
      scenariosOf(result, 'clean')
        .filter(({ counts }) => counts.withoutMask > 0)
        .map(({ category }) => category),
    ),
  ];
  if (lacking.length === 0) return NOTHING;
  return typst`Masks for ${firstOf(
    lacking.map((own) => name(own)),
    4,
  )} would tell whether detectors are right for the right reason, and which sizes they miss.`;
}

function network(result: StudyResult): Typst {
  return result.backbone.name === 'filterbank'
    ? typst`Everything should be repeated with a network trained on photographs, on which both methods were published.`
    : typst`One network was used throughout; others, and other input sizes, may rank the methods differently.`;
}

function notRun(result: StudyResult): Typst {
  const missing = [
    ...SCENARIOS.filter((scenario) => scenariosOf(result, scenario).length === 0).map((scenario) =>
      SCENARIO_TITLES[scenario].toLowerCase(),
    ),
    ...(laddersOf(result).length === 0 ? ['the adaptation ladder'] : []),
    ...((result.experiments.global ?? []).length === 0 ? ['one model for all categories'] : []),
    ...(result.analysis.statistics === undefined ? ['tests of differences'] : []),
    ...(result.analysis.ablation === undefined ? ['ablations'] : []),
    ...(result.analysis.robustness === undefined ? ['single changes of conditions'] : []),
    ...(result.analysis.errors === undefined ? ['the analysis of errors'] : []),
  ];
  return missing.length === 0 ? NOTHING : typst`Not run in this study: ${listed(missing)}.`;
}

/** What this study cannot tell, as far as that follows from its numbers and settings. */

import { counted, listed } from '../../core/listed.ts';
import type { StudyResult } from '../../result/result.ts';
import { confidenceOf, scenariosOf } from '../answer/scenarioOf.ts';
import { fixed, percent } from '../wording/withInterval.ts';

/** An interval of AUROC that is wider leaves most questions open. */
const WIDE = 0.1;
/** Too few for a signed test over categories to reach 5%. */
const FEW_CATEGORIES = 6;

/** Sentences; those that do not hold for the result are left out. */
export function studyLimits(result: StudyResult): string[] {
  return [fewImages(result), oneBackbone(result), painted(result), shifted(result)].filter(
    (text) => text !== null,
  );
}

function fewImages(result: StudyResult): string | null {
  const clean = scenariosOf(result, 'clean');
  const widths = clean.flatMap(({ metrics }) => {
    const interval = metrics.image_auroc?.interval;
    return interval ? [interval.high - interval.low] : [];
  });
  const widest = Math.max(0, ...widths);
  const smallest = clean.reduce((least, { counts: { test } }) => {
    return Math.min(least, test.normal, test.anomalous);
  }, Number.POSITIVE_INFINITY);
  if (widest < WIDE || !Number.isFinite(smallest)) return null;
  const seeds = Math.max(...clean.map(({ runs }) => runs.length));
  const spread = seeds === 1 ? ' One seed was run, so how far seeds spread is not known.' : '';
  return `Few images: down to ${counted(smallest, 'test image')} of a class, so that intervals of AUROC at ${percent(confidenceOf(clean))} are up to ${fixed(widest, 2)} wide. What is not shown here may still be so.${spread}`;
}

function oneBackbone({ backbone, categories }: StudyResult): string {
  const few =
    categories.length < FEW_CATEGORIES
      ? ` ${counted(categories.length, 'category', 'categories')} ${categories.length === 1 ? 'is' : 'are'} too few to say whether others would behave alike.`
      : '';
  return `One backbone, ${backbone.name}: another network may rank the methods otherwise.${few}`;
}

/** The images themselves are painted where the study has no folder of photographs. */
function painted({ config }: StudyResult): string | null {
  const dataset = section(config.dataset);
  if (dataset.root !== null || !('synthetic' in dataset)) return null;
  return 'The images are painted, not photographed: numbers show what the program does, not what a line of products would see.';
}

function shifted(result: StudyResult): string | null {
  const { shift, experiments, config } = result;
  if (shift.length === 0 && experiments.adaptation_ladder === undefined) return null;
  const { preset, severity } = section(config.shift);
  const named = [
    typeof preset === 'string' ? `preset ${preset}` : null,
    typeof severity === 'number' ? `severity ${severity}` : null,
  ].filter((part) => part !== null);
  const settings = named.length === 0 ? '' : ` (${listed(named)})`;
  const unknown = shift.reduce((sum, { maskUnknown }) => sum + maskUnknown, 0);
  const lost =
    unknown === 0
      ? ''
      : ` Of ${counted(unknown, 'anomalous image')} without a mask the defect may have left the frame.`;
  return `The shift is computed${settings}, not photographed: real lamps and cameras change images in ways it does not know.${lost}`;
}

const section = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The report of a study: its chapters in the plan's order, those without content left out. */
import { ablations } from './chapters/ablations.ts';
import { adaptation } from './chapters/adaptation.ts';
import type { ChapterInput } from './chapters/chapterInput.ts';
import { cleanEvaluation } from './chapters/cleanEvaluation.ts';
import { cleanMethod } from './chapters/cleanMethod.ts';
import { dataExploration } from './chapters/dataExploration.ts';
import { domainShift } from './chapters/domainShift.ts';
import { efficiency } from './chapters/efficiency.ts';
import { failures } from './chapters/failures.ts';
import { globalModel } from './chapters/globalModel.ts';
import { methods } from './chapters/methods.ts';
import { operation } from './chapters/operation.ts';
import { preparation } from './chapters/preparation.ts';
import { shiftNone } from './chapters/shiftNone.ts';
import { summary } from './chapters/summary.ts';
import type { Chapter, Report } from './report.ts';

const CHAPTERS: readonly ((input: ChapterInput) => Chapter | null)[] = [
  summary,
  dataExploration,
  preparation,
  domainShift,
  (input) => cleanMethod(input, 'patchcore'),
  (input) => cleanMethod(input, 'padim'),
  cleanEvaluation,
  shiftNone,
  adaptation,
  globalModel,
  ablations,
  failures,
  operation,
  efficiency,
  methods,
];

export function buildReport(input: ChapterInput): Report {
  const { name, categories, backbone } = input.result;
  return {
    title: `Study ${name}`,
    subtitle: `${categories.map((category) => category.name).join(', ')}; backbone ${backbone.name}`,
    chapters: CHAPTERS.flatMap((write) => write(input) ?? []),
  };
}

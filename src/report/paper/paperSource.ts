/** The paper as Typst source, with the plots that it shows. */

import type { StudyResult } from '../../result/result.ts';
import { METHODS, type Method } from '../../result/scenario.ts';
import { scenariosOf } from '../answer/scenarioOf.ts';
import type { ChapterInput } from '../chapters/chapterInput.ts';
import type { Plot } from '../plots/plot.ts';
import { methodsOf } from './facts.ts';
import { methodName, name } from './names.ts';
import { inWords } from './numbers.ts';
import { textPart, together } from './part.ts';
import { abstract } from './sections/abstract.ts';
import { context } from './sections/context.ts';
import { dataSection } from './sections/dataSection.ts';
import { discussion } from './sections/discussion.ts';
import { errorAnalysis } from './sections/errorAnalysis.ts';
import { type ExampleStrip, exampleFigure } from './sections/examples.ts';
import { futureWork } from './sections/futureWork.ts';
import { methods } from './sections/methods.ts';
import { protocols } from './sections/protocols.ts';
import { results } from './sections/results.ts';
import { documentSource } from './style.ts';
import { type Typst, typst } from './typst.ts';

export interface PaperSource {
  readonly source: string;
  readonly plots: readonly Plot[];
}

export const REFERENCES_FILE = 'references.bib';

/** @param examples pictures to show, each with its mask and maps; null for none */
export function paperSource({ result }: ChapterInput, examples: ExampleStrip | null): PaperSource {
  const body = together(
    textPart(context(result)),
    textPart(dataSection(result)),
    textPart(methods(result)),
    textPart(protocols(result)),
    textPart(exampleFigure(examples)),
    results(result),
    errorAnalysis(result),
    textPart(discussion(result)),
    textPart(futureWork(result)),
    textPart(BIBLIOGRAPHY),
  );
  const title = titleOf(result);
  const head = {
    title,
    author: result.createdBy,
    keywords: [
      'anomaly detection',
      'visual inspection',
      'domain shift',
      ...methodsOf(result).map(methodName),
    ],
    runningHead: `${methodsOf(result).map(methodName).join(' and ')}: study ${name(result.name, 40)}`,
    origin: origin(result),
    abstract: abstract(result),
  };
  return { source: documentSource(head, body.content), plots: body.plots };
}

const BIBLIOGRAPHY: Typst = {
  source: `#set text(size: 8.4pt)
#set par(leading: 0.48em, spacing: 0.48em, first-line-indent: 0em)
#bibliography("${REFERENCES_FILE}", title: [References], style: "ieee")
`,
};

/** Categories named in the title. */
const NAMED = 3;

function titleOf(result: StudyResult): string {
  const used: readonly Method[] = methodsOf(result);
  const detectors = (used.length === 0 ? METHODS : used).map(methodName).join(' and ');
  const shifted = scenariosOf(result, 'shift-none').length > 0;
  const names = result.categories.map((category) => name(category.name));
  const products =
    names.length <= NAMED
      ? [names.slice(0, -1).join(', '), names.at(-1)]
          .filter((one) => one !== '' && one !== undefined)
          .join(' and ')
      : `${inWords(names.length)} products`;
  const subject = shifted
    ? `${detectors} under changed imaging conditions`
    : `${detectors} for visual inspection`;
  return products === '' ? subject : `${subject}: a study of ${products}`;
}

function origin(result: StudyResult): Typst {
  return typst`Study ${name(result.name, 40)}, computed and written by ${name(result.createdBy, 40)} from its result document; seed ${result.seed}`;
}

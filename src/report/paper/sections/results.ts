/** 5: what came out, question by question. */
import type { StudyResult } from '../../../result/result.ts';
import { type Part, textPart, together } from '../part.ts';
import { isNothing, typst } from '../typst.ts';
import { ablationResults } from './ablationResults.ts';
import { adaptationResults } from './adaptationResults.ts';
import { cleanResults } from './cleanResults.ts';
import { comparisonTable } from './comparisonTable.ts';
import { globalResults } from './globalResults.ts';
import { robustnessResults } from './robustnessResults.ts';
import { rocFigure } from './rocFigure.ts';
import { shiftResults } from './shiftResults.ts';

export function results(result: StudyResult): Part {
  const parts = together(
    textPart(cleanResults(result)),
    rocFigure(result),
    shiftResults(result),
    adaptationResults(result),
    textPart(comparisonTable(result)),
    textPart(globalResults(result)),
    textPart(ablationResults(result)),
    robustnessResults(result),
  );
  const content = isNothing(parts.content)
    ? typst`No experiment of this study has results.

`
    : parts.content;
  return together(
    textPart(typst`= Results

`),
    { ...parts, content },
  );
}

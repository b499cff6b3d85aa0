/** Receiver operating characteristics of the clean model, on clean and on shifted images. */
import type { StudyResult } from '../../../result/result.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { rocCurves } from '../../plots/rocCurves.ts';
import { methodName } from '../names.ts';
import { fixed } from '../numbers.ts';
import { EMPTY, type Part, plotPart } from '../part.ts';
import { typst } from '../typst.ts';

/** Categories drawn; of more, those of the lowest AUROC under the shift. */
const DRAWN = 3;

export function rocFigure(result: StudyResult): Part {
  const all = [...scenariosOf(result, 'clean'), ...scenariosOf(result, 'shift-none')];
  const lowest = (category: string) =>
    Math.min(
      ...all
        .filter((one) => one.category === category)
        .map(({ metrics }) => metrics.image_auroc?.value ?? Infinity),
    );
  const categories = [...new Set(all.map(({ category }) => category))];
  const drawn = categories.toSorted((a, b) => lowest(a) - lowest(b)).slice(0, DRAWN);
  const shifted = all.some(({ scenario }) => scenario === 'shift-none');
  const plot = rocCurves(
    {
      id: 'paper-roc',
      title: '',
      sentence:
        'Receiver operating characteristics by category and method, on clean and shifted images.',
    },
    categories
      .filter((category) => drawn.includes(category))
      .flatMap((category) => all.filter((one) => one.category === category)),
    ({ method, scenario, metrics }) => {
      const value = metrics.image_auroc?.value ?? null;
      const where = scenario === 'clean' ? 'clean' : 'shifted';
      return `${methodName(method)}, ${where}${value === null ? '' : ` ${fixed(value)}`}`;
    },
    ({ scenario }) => (scenario === 'clean' ? 'clean' : 'shifted'),
  );
  if (plot === null) return EMPTY;
  const left = categories.length - drawn.length;
  return plotPart(
    plot,
    typst`Receiver operating characteristics, one curve for each seed${shifted ? ': clean images solid, shifted ones without adaptation dashed' : ''}.${left === 0 ? '' : ` The ${drawn.length} of ${categories.length} categories of lowest AUROC.`}`,
    { wide: true, columns: drawn.length, width: Math.floor(600 / drawn.length), height: 165 },
  );
}

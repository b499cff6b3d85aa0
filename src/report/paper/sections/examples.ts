/** A strip of pictures: what detectors are shown, what they should find, and what they see. */
import type { Picture } from '../../../result/pictures.ts';
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { scenarioOf } from '../../answer/scenarioOf.ts';
import type { ChapterInput } from '../../chapters/chapterInput.ts';
import { methodsOf } from '../facts.ts';
import { placed } from '../figures.ts';
import { listed, methodName, name } from '../names.ts';
import { type Inserted, joined, literal, NOTHING, type Typst, typst } from '../typst.ts';

export interface ExampleStrip {
  readonly heads: readonly string[];
  readonly rows: readonly ExampleRow[];
}

export interface ExampleRow {
  readonly category: string;
  readonly defectType: string;
  /** Of the run; null where there is no such picture. */
  readonly files: readonly (string | null)[];
}

/** Categories shown. */
const ROWS = 3;

/** Null where the run has no pictures of defects. */
export function examplesOf({ result, pictures }: ChapterInput): ExampleStrip | null {
  const methods = methodsOf(result);
  const rows = result.categories.flatMap(({ name: category }): ExampleRow[] => {
    const defects = pictures.pictures.filter(
      (one) =>
        one.category === category &&
        one.condition === 'clean' &&
        one.split === 'test' &&
        one.label === 'anomalous' &&
        one.maps.length > 0,
    );
    const marked = defects.filter(({ mask }) => mask !== null);
    const chosen = typical(marked.length > 0 ? marked : defects, result, methods[0]);
    if (chosen === undefined) return [];
    const shifted = pictures.pictures.find(
      ({ category: own, condition, id }) =>
        own === category && condition === 'shifted' && id === chosen.id,
    );
    const maps = methods.map(
      (method) => chosen.maps.find((map) => map.method === method)?.file ?? null,
    );
    return [
      {
        category,
        defectType: chosen.defectType,
        files: [chosen.image, shifted?.image ?? null, chosen.mask, ...maps],
      },
    ];
  });
  if (rows.length === 0) return null;
  const heads = ['Image', 'Shifted', 'Mask', ...methods.map(methodName)];
  const shown = heads.map((_, i) => rows.some(({ files }) => files[i] !== null));
  return {
    heads: heads.filter((_, i) => shown[i]),
    rows: rows
      .slice(0, ROWS)
      .map((row) => ({ ...row, files: row.files.filter((_, i) => shown[i]) })),
  };
}

/** Of the median score, so that nobody chose it. */
function typical(
  pictures: readonly Picture[],
  result: StudyResult,
  method: Method | undefined,
): Picture | undefined {
  const scored = pictures.flatMap((picture) => {
    const images = method && scenarioOf(result, 'clean', picture.category, method)?.images;
    const score = images?.find(({ id }) => id === picture.id)?.scores[0];
    return score === undefined ? [] : [{ picture, score }];
  });
  const sorted = scored.toSorted((a, b) => a.score - b.score);
  return sorted[Math.floor((sorted.length - 1) / 2)]?.picture ?? pictures[0];
}

/** The compiler's name of a picture: paths of runs may hold anything. */
export const exampleName = (row: number, column: number): string => `example-${row}-${column}.png`;

export function exampleFigure(examples: ExampleStrip | null): Typst {
  if (examples === null) return NOTHING;
  const { heads, rows } = examples;
  const cell = (content: Inserted): Typst => typst`[${content}], `;
  const head = [cell(''), ...heads.map((title) => cell(title))];
  const body = rows.flatMap(({ category, files }, row) => [
    cell(typst`#rotate(-90deg, reflow: true)[${name(category, 18)}]`),
    ...files.map(
      (file, column): Typst =>
        file === null
          ? cell('–')
          : {
              source: `image(${literal(exampleName(row, column))}, width: 100%, alt: ${literal(`${heads[column]} of ${name(category)}`)}), `,
            },
    ),
  ]);
  const columns = heads.map(() => '1fr').join(', ');
  return placed(
    'fig-examples',
    typst`For each category the defective test image of median score, so that nobody chose it (${listed(rows.map(({ category, defectType }) => typst`${name(category)}: ${name(defectType)}`))}): as it is, under the shift, its mask, and the anomaly maps of the clean models on the clean image. The colours of a method mean the same for all images of a category.`,
    {
      source: `{
  set text(7.6pt)
  grid(columns: (auto, ${columns}), gutter: 0.25em, align: center + horizon,
${joined([...head, ...body]).source})
}`,
    },
    false,
  );
}

/** One category: patches as detectors see them, and what the largest distances are made of. */
import {
  type Explanation,
  type InterpretabilityResult,
  PATCH_KINDS,
  type PatchKind,
  type PlacedPatch,
} from '../../../result/analysis/interpretability.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { PictureIndex } from '../../../result/pictures.ts';
import { type EmbeddingPoint, embeddingScatter } from '../../plots/embeddingScatter.ts';
import type { Plot } from '../../plots/plot.ts';
import type { PlotTheme } from '../../plots/plotTheme.ts';
import { type SharePart, shareBars } from '../../plots/shareBars.ts';
import type { Block, PictureRow } from '../../report.ts';
import { type Cell, numberCell, type Table } from '../../tables/table.ts';
import { sentenceOf, together } from '../categoryTabs.ts';
import { evenIndices } from './evenIndices.ts';

type Parts = readonly InterpretabilityResult[];

export function explanationBlocks(parts: Parts, pictures: PictureIndex, place: number): Block[] {
  if (parts.length === 0) return [];
  const shares = sharesPlot(parts, place);
  return [
    ...parts.flatMap((part) =>
      embeddingPlot(part, place).map((plot) => ({ kind: 'plot', plot }) as const),
    ),
    ...(shares === null ? [] : [{ kind: 'plot', plot: shares } as const]),
    ...parts.flatMap((part) => patchPictures(part, pictures, place)),
    { kind: 'table', table: explanationTable(parts, place) },
    ...parts.flatMap(({ method, notComputable }) =>
      Object.entries(notComputable).map(
        ([what, why]) =>
          ({
            kind: 'prose',
            tone: 'note',
            text: sentenceOf(`${METHOD_TITLES[method]}, ${what}: not computable: ${why}`),
          }) as const,
      ),
    ),
  ];
}

const KIND_TITLES: Readonly<Record<PatchKind, string>> = {
  bank: 'memory bank',
  normal: 'normal image',
  background: 'beside a defect',
  unknown: 'anomalous image, no mask',
  defect: 'defect',
};

const kindColours = ({ faint, normal, padim, series, anomalous }: PlotTheme) =>
  [
    [KIND_TITLES.bank, faint],
    [KIND_TITLES.normal, normal],
    [KIND_TITLES.background, series[4] ?? faint],
    [KIND_TITLES.unknown, padim],
    [KIND_TITLES.defect, anomalous],
  ] as const;

/** Of each picture; of more, every so manieth of each kind. */
const MOST_POINTS = 500;

function embeddingPlot({ method, embedding }: InterpretabilityResult, place: number): Plot[] {
  if (embedding === null) return [];
  const { kind, umap, tsne } = embedding.data.points;
  const shown = evenIndices(kind.length, MOST_POINTS);
  const points = (
    [
      ['UMAP', umap],
      ['t-SNE', tsne],
    ] as const
  ).flatMap(([panel, places]) =>
    shown.map((at): EmbeddingPoint => {
      const [x, y] = places[at]!;
      return { panel, kind: KIND_TITLES[PATCH_KINDS[kind[at]!]!], x, y };
    }),
  );
  const less =
    shown.length < kind.length ? ` Drawn are ${shown.length} of ${kind.length} patches.` : '';
  const text = {
    id: `embedding-${method}-${place}`,
    title: `${embedding.title}: ${METHOD_TITLES[method]}`,
    sentence: `${embedding.sentence}${less}`,
  };
  return [embeddingScatter(text, points, kindColours)];
}

const nameOf = ({ patch, role }: Explanation): string =>
  role === 'comparison' ? `${patch.image} (normal)` : patch.image;

function sharesPlot(parts: Parts, place: number): Plot | null {
  const shares = parts.flatMap(({ method, parts: names, explanations }) =>
    explanations.data.flatMap((explanation) =>
      explanation.parts.map(
        (share, at): SharePart => ({
          panel: METHOD_TITLES[method],
          label: nameOf(explanation),
          part: names[at]?.name ?? String(at),
          share,
        }),
      ),
    ),
  );
  if (shares.length === 0) return null;
  const text = {
    id: `distance-parts-${place}`,
    title: parts[0]!.explanations.title,
    sentence: together(
      parts.map(({ method, explanations }) => `${METHOD_TITLES[method]}: ${explanations.sentence}`),
    ),
  };
  return shareBars(text, shares, 'share of the squared distance');
}

/** The patch of the largest distance, and what comes closest to it among what was learnt. */
function patchPictures(
  { category, method, explanations }: InterpretabilityResult,
  { crops }: PictureIndex,
  place: number,
): Block[] {
  const fileOf = ({ image, crop }: PlacedPatch) =>
    crops.find(
      (one) =>
        one.category === category &&
        one.method === method &&
        one.image === image &&
        one.box.x === crop.x &&
        one.box.y === crop.y,
    )?.file;
  const items = explanations.data.flatMap(
    ({ patch, nearest, sentence }): PictureRow['items'][number][] => {
      const own = fileOf(patch);
      if (own === undefined) return [];
      const closest = nearest === null ? undefined : fileOf(nearest);
      const files = [
        { file: own, alt: 'farthest patch' },
        ...(closest === undefined ? [] : [{ file: closest, alt: 'closest training patch' }]),
      ];
      return [{ caption: sentence, files }];
    },
  );
  if (items.length === 0) return [];
  return [
    {
      kind: 'pictures',
      id: `patches-${method}-${place}`,
      title: `The farthest patches of ${METHOD_TITLES[method]}`,
      sentence: explanations.sentence,
      items,
    },
  ];
}

function explanationTable(parts: Parts, place: number): Table {
  return {
    id: `explanations-${place}`,
    title: `The farthest patch of single images: ${parts[0]!.category}`,
    note: 'Distances are in the units of each method. "Times the median" compares with the largest patch distances of normal validation images.',
    columns: [
      { title: 'method' },
      { title: 'image' },
      { title: 'type' },
      { title: 'on the' },
      { title: 'distance' },
      { title: 'times the median' },
      { title: 'closest training patch' },
      { title: 'largest part' },
    ],
    rows: parts.flatMap(({ method, parts: names, explanations }) =>
      explanations.data.map((explanation): Cell[] => {
        const { patch, defectType, kind, distance, typical, nearest } = explanation;
        const largest = explanation.parts.indexOf(Math.max(...explanation.parts));
        const share = explanation.parts[largest];
        return [
          METHOD_TITLES[method],
          `${patch.image}, row ${patch.row}, column ${patch.column}`,
          defectType,
          KIND_TITLES[kind],
          numberCell(distance, 2),
          numberCell(typical?.timesMedian ?? null, 2, { reason: 'no normal validation images' }),
          nearest === null
            ? 'PaDiM keeps none'
            : `${nearest.image}, row ${nearest.row}, column ${nearest.column}`,
          share === undefined
            ? ''
            : `${names[largest]?.name ?? largest} (${Math.round(100 * share)}%)`,
        ];
      }),
    ),
  };
}

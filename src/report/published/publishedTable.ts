/** What others have published for the same images, beside this study's figures. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { ResultCategory } from '../../result/result.ts';
import type { ScenarioResult } from '../../result/scenario.ts';
import type { ChapterInput } from '../chapters/chapterInput.ts';
import { type Cell, estimateCell, numberCell, type Table } from '../tables/table.ts';
import {
  MVTEC_AD_CATEGORIES,
  MVTEC_AD_IMAGES,
  PUBLISHED,
  type PublishedSource,
} from './publishedFigures.ts';

const METRICS = [
  ['image_auroc', 'image AUROC', ({ imageAuroc }: PublishedSource) => imageAuroc],
  ['pixel_auroc', 'pixel AUROC', ({ pixelAuroc }: PublishedSource) => pixelAuroc],
  ['pro', 'PRO', ({ pro }: PublishedSource) => pro],
] as const;

/**
 * For categories that have MVTec AD's name and its full number of images; null where there is none.
 * What else differs is said in the note.
 */
export function publishedTable({ result }: ChapterInput): Table | null {
  const scenarios = (result.experiments.clean ?? []).flatMap((scenario) => {
    const category = result.categories.find(({ name }) => name === scenario.category);
    const place = category === undefined ? null : publishedPlace(category);
    return place === null ? [] : [{ scenario, place }];
  });
  if (scenarios.length === 0) return null;
  const names = [...new Set(PUBLISHED.map(({ name }) => name))];
  const rows = METRICS.flatMap(([metric, title, of]) =>
    scenarios.map(({ scenario, place }): Cell[] => {
      const published = names.map((name) => {
        const source = sourceOf(scenario, name);
        const value = source === undefined ? undefined : of(source)?.[place];
        return numberCell(value ?? null, 3, value === undefined ? { reason: NOT_THERE } : {});
      });
      const ours = estimateCell(scenario.metrics[metric], 3, { n: countOf(scenario, metric) });
      return [scenario.category, METHOD_TITLES[scenario.method], title, ours, ...published];
    }),
  );
  return {
    id: 'published',
    title: 'Published figures for the same categories of MVTec AD',
    note: noteOf(result, scenarios),
    columns: [
      { title: 'category' },
      { title: 'method' },
      { title: 'metric' },
      { title: 'this study' },
      ...names.map((title) => ({ title })),
    ],
    rows,
  };
}

const NOT_THERE = 'the source gives none, or was not looked up';

const sourceOf = ({ method }: ScenarioResult, name: string): PublishedSource | undefined =>
  PUBLISHED.find((source) => source.method === method && source.name === name);

const countOf = ({ counts }: ScenarioResult, metric: string): number =>
  metric === 'image_auroc' ? counts.test.normal + counts.test.anomalous : counts.pixelImages;

/** Where the category stands in the lists; null where its images are not those of MVTec AD. */
function publishedPlace({ name, split }: ResultCategory): number | null {
  const place = (MVTEC_AD_CATEGORIES as readonly string[]).indexOf(name);
  const counts = MVTEC_AD_IMAGES[place];
  if (counts === undefined) return null;
  const sum = (part: string, wanted: (type: string) => boolean) =>
    Object.entries(split[part] ?? {}).reduce((all, [type, n]) => all + (wanted(type) ? n : 0), 0);
  const good = (type: string) => type === 'good';
  const found = [
    sum('train', good) + sum('val', good),
    sum('test', good),
    sum('val', (type) => !good(type)) + sum('test', (type) => !good(type)),
  ];
  return found.every((count, i) => count === counts[i]) ? place : null;
}

function noteOf(
  { backbone, config, categories }: ChapterInput['result'],
  scenarios: readonly { readonly scenario: ScenarioResult }[],
): string {
  const used = new Set(scenarios.map(({ scenario }) => scenario.method));
  const sources = PUBLISHED.filter(({ method }) => used.has(method)).map(({ source }) => source);
  const { resize, crop } = (config.backbone ?? {}) as {
    readonly resize?: number;
    readonly crop?: number | null;
  };
  const seen =
    resize === undefined
      ? ''
      : `, images squashed to ${resize} x ${resize}${crop ? ` and cropped to ${crop}` : ''}`;
  const sizes = [
    ...new Set(
      categories.flatMap(
        ({ exploration }) =>
          exploration?.categories.flatMap((category) =>
            category.sizes.map(({ width, height }) => `${width} x ${height}`),
          ) ?? [],
      ),
    ),
  ];
  const files = sizes.length === 0 ? '' : `, from files of ${sizes.join(', ')} pixels`;
  return [
    `Beside each other, not one against the other: this study's backbone is ${backbone.name}${seen}${files}.`,
    'It learns from fewer images, as some good ones are held out for thresholds, and is tested on fewer, as some defective ones are used for validation; n counts the test images.',
    `Published figures are single runs on all test images, without intervals. Sources: ${[...new Set(sources)].join('; ')}.`,
  ].join(' ');
}

/** One category: what is missed and falsely flagged, clean and shifted. */
import type {
  ErrorCondition,
  ErrorScenario,
  ErrorsResult,
  ThresholdKind,
} from '../../../result/analysis/errors.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import type { PictureIndex } from '../../../result/pictures.ts';
import type { Method } from '../../../result/scenario.ts';
import { type MetricBar, metricBars } from '../../plots/metricBars.ts';
import type { Plot } from '../../plots/plot.ts';
import type { Block } from '../../report.ts';
import { type Cell, numberCell, type Table } from '../../tables/table.ts';
import { together } from '../categoryTabs.ts';
import { mistakePictures } from './mistakePictures.ts';

export const CONDITION_TITLES: Readonly<Record<ErrorScenario, string>> = {
  clean: 'clean images',
  'shift-none': 'shifted images, no adaptation',
};

const THRESHOLD_TITLES: Readonly<Record<ThresholdKind, string>> = {
  chosen: 'chosen',
  'normal-only': 'from normal images alone',
};

export function mistakeBlocks(
  { category, conditions }: ErrorsResult,
  pictures: PictureIndex,
  place: number,
): Block[] {
  if (conditions.length === 0) return [];
  const blocks: Block[] = [
    ...conditions.flatMap((condition): Block[] => [
      ...sentences(condition),
      ...recallPlot(condition, place).map((plot) => ({ kind: 'plot', plot }) as const),
      ...mistakePictures(category, condition, pictures, place),
    ]),
    { kind: 'table', table: bothTable(category, conditions, place) },
    { kind: 'table', table: mistakesTable(category, conditions, place) },
    ...patternTable(category, conditions, place),
  ];
  return blocks.filter((block) => block.kind !== 'table' || block.table.rows.length > 0);
}

const chosen = ({ judgements }: ErrorCondition) =>
  judgements.filter(({ kind }) => kind === 'chosen');

/** What is judged how, and what both methods get wrong. */
function sentences(condition: ErrorCondition): Block[] {
  const title = CONDITION_TITLES[condition.scenario];
  const said = chosen(condition).map(
    ({ method, confusion: { sentence } }) =>
      `${METHOD_TITLES[method]} ${sentence[0]?.toLowerCase()}${sentence.slice(1)}`,
  );
  const both = condition.bothFail
    .filter(({ kind }) => kind === 'chosen')
    .map(({ chart }) => chart.sentence);
  const text = `On ${title}, at the chosen threshold. ${together([...said, ...both])}`;
  return [{ kind: 'prose', text }];
}

/** The share of defective images found, by what their defects are like. */
function recallPlot(condition: ErrorCondition, place: number): Plot[] {
  const bars = chosen(condition).flatMap(({ method, recall }) =>
    recall.flatMap(({ property, chart }) =>
      chart.data.map(
        ({ label, recall: value, interval, images }): MetricBar => ({
          ...{ panel: PROPERTY_TITLES[property], label, method, value },
          ...{ low: interval.low, high: interval.high, n: images },
        }),
      ),
    ),
  );
  if (bars.length === 0) return [];
  const text = {
    id: `recall-by-property-${condition.scenario}-${place}`,
    title: `Defects found, by what they are like: ${CONDITION_TITLES[condition.scenario]}`,
    sentence: together(recallSentences(condition)),
  };
  const title = 'share of defective images found';
  return [metricBars(text, bars, { title, ownLabels: true })];
}

/** The sentences of properties that matter by themselves; of the others, that they do not show it. */
function recallSentences(condition: ErrorCondition): string[] {
  return chosen(condition).flatMap(({ method, recall }) => {
    const differs = ({ test }: (typeof recall)[number]) =>
      test.pValue !== null && test.pValue < 0.05;
    const shown = recall.filter(differs).map(({ chart }) => `${chart.title}. ${chart.sentence}`);
    const tested = recall.filter(({ test }) => test.pValue !== null);
    const few = recall.length - tested.length;
    return [...shown, untold(METHOD_TITLES[method], tested.length, few, shown.length)];
  });
}

function untold(method: string, tested: number, few: number, shown: number): string {
  if (tested === 0) return `For ${method} no property can be tested.`;
  if (shown > 0) {
    return `Each of the ${tested} properties tested for ${method} is tested by itself: one in twenty would differ by chance.`;
  }
  const rest = few > 0 ? `; ${few} cannot be tested` : '';
  return `For ${method} none of ${tested} properties tested shows a difference (Fisher's exact tests, each by itself)${rest}.`;
}

const PROPERTY_TITLES = {
  type: 'Type',
  size: 'Size',
  contrast: 'Contrast',
  'local-contrast': 'Contrast to its texture',
  position: 'Place in the image',
  truncation: 'Cut by the edge',
  regions: 'Number of regions',
} as const;

function bothTable(category: string, conditions: readonly ErrorCondition[], place: number): Table {
  const methods = [
    ...new Set(conditions.flatMap(({ judgements }) => judgements.map(({ method }) => method))),
  ] as Method[];
  return {
    id: `both-fail-${place}`,
    title: `Defective images that methods miss: ${category}`,
    note: "p: Fisher's exact test of whether the misses of the two are independent.",
    columns: [
      { title: 'images' },
      { title: 'threshold' },
      { title: 'both' },
      ...methods.map((method) => ({ title: `${METHOD_TITLES[method]} alone` })),
      { title: 'neither' },
      { title: 'p' },
    ],
    rows: conditions.flatMap(({ scenario, bothFail }) =>
      bothFail.map(({ kind, chart: { data }, test }): Cell[] => [
        CONDITION_TITLES[scenario],
        THRESHOLD_TITLES[kind],
        numberCell(data.counts.both, 0),
        ...methods.map((method) => numberCell(data.counts.one[method] ?? null, 0)),
        numberCell(data.counts.neither, 0),
        numberCell(test.pValue, 3, { reason: test.reason?.replace(/^not computable: /, '') ?? '' }),
      ]),
    ),
  };
}

/** Of each method and kind of mistake; deeper ones first. */
const LISTED = 8;

function mistakesTable(
  category: string,
  conditions: readonly ErrorCondition[],
  place: number,
): Table {
  let beyond = 0;
  const rows = conditions.flatMap((condition) =>
    chosen(condition).flatMap(({ method, falseNegatives, falsePositives }) =>
      (
        [
          ['missed', falseNegatives],
          ['falsely flagged', falsePositives],
        ] as const
      ).flatMap(([kind, { data }]) => {
        beyond += Math.max(0, data.length - LISTED);
        return data
          .slice(0, LISTED)
          .map(({ id, defectType, score, margin }): Cell[] => [
            CONDITION_TITLES[condition.scenario],
            METHOD_TITLES[method],
            kind,
            id,
            defectType,
            numberCell(score, 3),
            numberCell(margin, 2, { reason: 'no scale: see the threshold' }),
          ]);
      }),
    ),
  );
  return {
    id: `mistakes-${place}`,
    title: `Mistakes at the chosen threshold: ${category}`,
    note: `The deepest first, ${LISTED} of each kind at most${beyond > 0 ? ` (${beyond} more are in the result document)` : ''}. Margins are in standard deviations of normal validation scores: above 0 is flagged.`,
    columns: [
      ...['images', 'method', 'mistake', 'image', 'type'].map((title) => ({ title })),
      { title: 'score' },
      { title: 'margin' },
    ],
    rows,
  };
}

/** Groups of which more are missed than of the others. */
function patternTable(
  category: string,
  conditions: readonly ErrorCondition[],
  place: number,
): Block[] {
  const rows = conditions.flatMap((condition) =>
    chosen(condition).flatMap(({ patterns }) =>
      patterns.map(
        ({ sentence, missed, images, others, correctedPValue, beyondChance }): Cell[] => [
          CONDITION_TITLES[condition.scenario],
          sentence,
          `${missed.length} of ${images}`,
          `${others.missed} of ${others.images}`,
          numberCell(correctedPValue),
          beyondChance ? 'yes' : 'no',
        ],
      ),
    ),
  );
  if (rows.length === 0) return [];
  const table: Table = {
    id: `patterns-${place}`,
    title: `What missed defects have in common: ${category}`,
    note: "Fisher's exact test, corrected by Holm's method for all groups that were looked at.",
    columns: [
      { title: 'images' },
      { title: 'pattern' },
      { title: 'missed of the group', align: 'right' },
      { title: 'missed of the others', align: 'right' },
      { title: 'corrected p' },
      { title: 'beyond chance' },
    ],
    rows,
  };
  return [{ kind: 'table', table }];
}

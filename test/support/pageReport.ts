/** A hand-made report with every kind of block, for tests of what shows reports. */
import type { Plot } from '../../src/report/plots/plot.ts';
import { ROWS } from '../../src/report/plots/plot.ts';
import type { Block, GalleryItem, Report, ScoreSet } from '../../src/report/report.ts';
import { numberCell, type Table } from '../../src/report/tables/table.ts';

/** Ten scores with nothing between 0.5 and 0.6: at 0.55 four of five on each side are right. */
export const NORMAL_SCORES = [0.1, 0.2, 0.3, 0.4, 0.7];
export const ANOMALOUS_SCORES = [0.5, 0.6, 0.8, 0.9, 1];

/** @param name of a category, also markup */
export function pageReport(name = 'hazelnut', other = 'carpet'): Report {
  return {
    title: `Study of ${name}`,
    subtitle: `${name}, ${other}; backbone filterbank`,
    chapters: [
      {
        id: 'summary',
        number: null,
        title: 'Summary',
        lead: `On clean images ${name} is told from flawed with an AUROC of 0.920 [0.801, 0.971] (n = 40 images).`,
        blocks: [verdicts(name, other), table(name, other)],
      },
      {
        id: 'clean-evaluation',
        number: '06',
        title: 'Methods side by side',
        lead: 'Both methods on the same images.',
        blocks: [
          { kind: 'heading', text: `Curves of ${name}` },
          { kind: 'prose', text: `What ${name} looks like.` },
          { kind: 'prose', text: `Without masks of ${name}.`, tone: 'note' },
          { kind: 'plot', plot: plot('bars', name, 220) },
          { kind: 'plot', plot: plot('bars', other, 220) },
          { kind: 'plot', plot: plot('wide bars', name, 560) },
          tabs(name, other),
        ],
      },
      {
        id: 'failures',
        number: '11',
        title: 'Failures',
        lead: 'Mistakes, and what they have in common.',
        blocks: [
          pictures(name),
          {
            kind: 'threshold',
            id: 'scores',
            title: `Threshold of ${name}`,
            sets: scoreSets(name, other),
          },
          { kind: 'gallery', id: 'all', title: `Images of ${name}`, items: gallery(name, other) },
        ],
      },
    ],
  };
}

const verdicts = (name: string, other: string): Block => ({
  kind: 'verdicts',
  verdicts: [
    { subject: name, tone: 'good', text: `${name} can be inspected: recall 0.90 [0.68, 0.99].` },
    { subject: other, tone: 'caution', text: 'Only with a new threshold.' },
    { subject: 'zipper', tone: 'bad', text: 'Not under the shift.' },
    { subject: 'bottle', tone: 'unknown', text: 'Too few images to tell.' },
  ],
});

function table(name: string, other: string): Block {
  const found: Table = {
    id: 'headline',
    title: `Image AUROC of ${name}`,
    note: 'n: test images.',
    columns: [
      { title: 'Category' },
      { title: 'PatchCore', align: 'right' },
      { title: 'PaDiM', align: 'right' },
      { title: `Remark on ${name}` },
    ],
    rows: [
      [
        name,
        numberCell(0.92, 3, { interval: { low: 0.801, high: 0.971 }, n: 40 }),
        numberCell(-0.04, 2, { unit: 's' }),
        `as ${name}`,
      ],
      [other, numberCell(null, 3, { reason: `no anomalous images of ${other}` }), 'none', ''],
    ],
  };
  return { kind: 'table', table: found };
}

export const plot = (id: string, name: string, width: number): Plot => ({
  id: `${id} ${name}`,
  title: `Bars of ${name}`,
  sentence: `${name} has 2 and "other" 3.5 (n = 2).`,
  rows: [
    { name, value: 2 },
    { name: 'other', value: 3.5 },
  ],
  spec: (theme) => ({
    data: { name: ROWS },
    width,
    height: 120,
    mark: { type: 'bar', clip: true },
    encoding: {
      y: { field: 'name', type: 'nominal', title: name },
      x: { field: 'value', type: 'quantitative', title: 'value (images)' },
      color: {
        field: 'name',
        type: 'nominal',
        scale: { range: [theme.normal, theme.anomalous] },
        legend: null,
      },
    },
  }),
});

const tabs = (name: string, other: string): Block => ({
  kind: 'tabs',
  label: 'Category',
  tabs: [name, other, 'zipper'].map((title) => ({
    title,
    blocks: [
      { kind: 'prose', text: `All of ${title}.` },
      { kind: 'plot', plot: plot('in a tab', title, 300) },
    ],
  })),
});

const pictures = (name: string): Block => ({
  kind: 'pictures',
  id: 'examples',
  title: `Pictures of ${name}`,
  sentence: `The worst two of ${name}.`,
  items: [0, 1].map((i) => ({
    caption: `${name}, image ${i}`,
    files: [
      { file: `pictures/${i}.png`, alt: `photograph of ${name}` },
      { file: 'pictures/mask.png', alt: 'mask' },
    ],
  })),
});

const scoreSets = (name: string, other: string): readonly ScoreSet[] =>
  [name, other].flatMap((category, offset) =>
    ['patchcore', 'padim'].map((method) => ({
      category,
      method,
      scenario: 'clean',
      seed: 42,
      scores: [...NORMAL_SCORES, ...ANOMALOUS_SCORES].map((score, i) => ({
        id: `test/${i}.png`,
        anomalous: i >= NORMAL_SCORES.length,
        score: score + offset,
      })),
      marks: [
        { label: 'F1-optimal', threshold: 0.45 + offset },
        { label: 'normal images alone', threshold: 0.7 + offset },
      ],
    })),
  );

/** Four images a category and condition: found, missed, passed, flagged. */
const gallery = (name: string, other: string): readonly GalleryItem[] =>
  [name, other].flatMap((category) =>
    (['clean', 'shifted'] as const).flatMap((condition) =>
      (['tp', 'fn', 'tn', 'fp'] as const).map((outcome, i) => {
        const anomalous = outcome === 'tp' || outcome === 'fn';
        return {
          picture: {
            category,
            condition,
            split: 'test' as const,
            id: `${anomalous ? 'crack' : 'good'}/00${i}.png`,
            label: anomalous ? ('anomalous' as const) : ('normal' as const),
            defectType: anomalous ? 'crack' : 'good',
            width: 256,
            height: 256,
            image: `pictures/${i}.png`,
            mask: anomalous ? 'pictures/mask.png' : null,
            maps: [{ method: 'patchcore' as const, file: 'pictures/map.png' }],
          },
          judgements: [
            { method: 'patchcore', score: [1.5, 0.5, 0.8, 1.2][i]!, threshold: 1, outcome },
            { method: 'padim', score: [15, 5, 8, 12][i]!, threshold: 10, outcome },
          ],
        };
      }),
    ),
  );

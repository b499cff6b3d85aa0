/** One category: does the test for changed conditions stay silent, and how soon does it speak? */
import type { Delay, DriftResult } from '../../../result/analysis/drift.ts';
import { alarmPaths } from '../../plots/alarmPaths.ts';
import type { Block } from '../../report.ts';
import { type Cell, numberCell, type Table } from '../../tables/table.ts';
import { sentenceOf } from '../categoryTabs.ts';

export function driftBlocks(part: DriftResult, place: number): Block[] {
  const { falseAlarms, folders, paths, bursts, notComputable, undetected } = part;
  const points = paths.data.paths.flatMap(({ level, martingale }) =>
    martingale.map((evidence, at) => ({ level, image: at + 1, evidence })),
  );
  const text = { id: `drift-paths-${place}`, title: paths.title, sentence: paths.sentence };
  const plot = alarmPaths(text, points, Math.log10(paths.data.threshold));
  const notes = [...notComputable, ...undetected];
  return [
    { kind: 'prose', text: falseAlarms.sentence },
    ...(folders === null ? [] : [{ kind: 'prose', text: folders.sentence } as const]),
    ...(points.length === 0 ? [] : [{ kind: 'plot', plot } as const]),
    ...(part.detection.data.length === 0
      ? []
      : [{ kind: 'table', table: delayTable(part, place) } as const]),
    ...(bursts === null ? [] : [{ kind: 'prose', text: bursts.sentence } as const]),
    ...(notes.length === 0
      ? []
      : [{ kind: 'prose', tone: 'note', text: notes.map(sentenceOf).join(' ') } as const]),
  ];
}

function delayTable({ category, detection, images }: DriftResult, place: number): Table {
  return {
    id: `drift-delays-${place}`,
    title: `${detection.title}: ${category}`,
    note: `${detection.sentence} In brackets: the first and the last tenth of the streams; n counts streams. The reference are ${images.reference} calibration images.`,
    columns: [
      { title: 'change' },
      { title: 'level' },
      { title: 'images until the alarm' },
      { title: 'without an alarm' },
      { title: 'after 100 unchanged images' },
      { title: 'without an alarm then' },
    ],
    rows: detection.data.map(({ preset, level, atStart, later }): Cell[] => [
      preset,
      level,
      ...delayCells(atStart),
      ...delayCells(later),
    ]),
  };
}

function delayCells({ median, lowerDecile, upperDecile, streams, undetected }: Delay): Cell[] {
  const interval =
    lowerDecile === null || upperDecile === null ? null : { low: lowerDecile, high: upperDecile };
  return [
    numberCell(median, 0, {
      interval,
      n: streams,
      reason: 'half of the streams or more find nothing',
    }),
    numberCell(100 * undetected, 0, { unit: '%' }),
  ];
}

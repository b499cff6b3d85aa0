/** One category: what single changes of imaging conditions cost models fitted on clean images. */
import type { Curves, RobustnessResult } from '../../../result/analysis/robustness.ts';
import { METHOD_TITLES } from '../../../result/methodTitle.ts';
import { type IntervalDot, intervalDots } from '../../plots/intervalDots.ts';
import { type MatrixCell, matrixHeatmap } from '../../plots/matrixHeatmap.ts';
import type { Plot } from '../../plots/plot.ts';
import { type SeverityPoint, severityCurves } from '../../plots/severityCurves.ts';
import type { Block } from '../../report.ts';
import { type Cell, estimateCell, type Table } from '../../tables/table.ts';
import { together } from '../categoryTabs.ts';

type Parts = readonly RobustnessResult[];

export function conditionBlocks(parts: Parts, place: number): Block[] {
  if (parts.length === 0) return [];
  const plots = [
    curves(parts, place, 'degradation', 'image AUROC'),
    curves(parts, place, 'falseAlarms', 'good images flagged'),
    ranking(parts, place),
    crossShift(parts, place),
  ];
  return [
    ...plots.flatMap((plot) => (plot === null ? [] : [{ kind: 'plot', plot } as const])),
    { kind: 'table', table: levelsTable(parts, place) },
  ];
}

const CLEAN = 'clean';

function curves(
  parts: Parts,
  place: number,
  figure: 'degradation' | 'falseAlarms',
  title: string,
): Plot | null {
  const points = parts.flatMap((part) =>
    part[figure].data.presets.flatMap(({ preset, values }): SeverityPoint[] => {
      const { levels, clean }: Curves = part[figure].data;
      return [clean, ...values].flatMap((value, at) => {
        const level = at === 0 ? CLEAN : levels[at - 1];
        if (value === null || level === undefined) return [];
        return [{ panel: preset, method: part.method, level, value }];
      });
    }),
  );
  const [first] = parts;
  if (points.length === 0 || first === undefined) return null;
  const text = {
    id: `${figure === 'degradation' ? 'severity' : 'false-alarms'}-${place}`,
    title: first[figure].title,
    sentence: together(parts.map((part) => part[figure].sentence)),
  };
  return severityCurves(text, points, { title, levels: [CLEAN, ...first[figure].data.levels] });
}

/** What each change costs at its severest, the costliest first. */
function ranking(parts: Parts, place: number): Plot | null {
  const dots = parts.flatMap(({ method, ranking: { data }, subset }) =>
    data.presets.flatMap(({ preset, change: { value, interval } }): IntervalDot[] => {
      if (value === null) return [];
      const { low = null, high = null } = interval ?? {};
      const n = subset.normal + subset.anomalous;
      return [{ panel: `when ${data.level}`, label: preset, method, value, low, high, n }];
    }),
  );
  if (dots.length === 0) return null;
  const text = {
    id: `ranking-${place}`,
    title: parts[0]!.ranking.title,
    sentence: together(parts.map((part) => part.ranking.sentence)),
  };
  const title = 'change of the image AUROC';
  return intervalDots(text, dots, { title, reference: 0, columns: 1 });
}

const MATRICES = [
  ['auroc', 'image AUROC'],
  ['specificity', 'specificity'],
  ['f1', 'F1'],
] as const;

function crossShift(parts: Parts, place: number): Plot | null {
  const known = parts.flatMap(({ method, crossShift: cross }) =>
    cross === null ? [] : [{ method, cross }],
  );
  const cells = known.flatMap(({ method, cross }) =>
    MATRICES.flatMap(([key, title]) =>
      cross[key].data.values.flatMap((row, i) =>
        row.flatMap((value, j): MatrixCell[] => {
          const { conditions } = cross[key].data;
          if (value === null) return [];
          const panel = `${METHOD_TITLES[method]}: ${title}`;
          return [{ panel, row: conditions[i] ?? '', column: conditions[j] ?? '', value }];
        }),
      ),
    ),
  );
  if (cells.length === 0) return null;
  const text = {
    id: `cross-shift-${place}`,
    title: 'Fitted on one condition, tested on another',
    sentence: together(
      known.flatMap(({ cross }) =>
        MATRICES.map(([key]) => `${cross[key].title}. ${cross[key].sentence}`),
      ),
    ),
  };
  return matrixHeatmap(text, cells, { row: 'fitted on', column: 'tested on', columns: 3 });
}

function levelsTable(parts: Parts, place: number): Table {
  const [{ category, subset }] = parts as [RobustnessResult];
  const rows = parts.flatMap(({ method, clean, presets }) => {
    const row = (preset: string, level: string, judged: typeof clean, change: Cell): Cell[] => [
      METHOD_TITLES[method],
      preset,
      level,
      estimateCell(judged.metrics.image_auroc),
      change,
      estimateCell(judged.metrics.f1),
      estimateCell(judged.metrics.normal_only_specificity),
    ];
    return [
      row('none', CLEAN, clean, ''),
      ...presets.flatMap(({ preset, levels }) =>
        levels.map((own) => row(preset, own.level, own, estimateCell(own.change.image_auroc))),
      ),
    ];
  });
  return {
    id: `conditions-${place}`,
    title: `Every change at every level: ${category}`,
    note: `On the same ${subset.normal} of ${subset.of.normal} normal and ${subset.anomalous} of ${subset.of.anomalous} anomalous test images. Thresholds are those from clean validation images; specificity is at the one from normal images alone.`,
    columns: [
      { title: 'method' },
      { title: 'change' },
      { title: 'level' },
      { title: 'image AUROC' },
      { title: 'less clean', align: 'right' },
      { title: 'F1' },
      { title: 'specificity' },
    ],
    rows,
  };
}

import type { TortureRow } from './part.ts';

const GROUPS: readonly TortureRow['group'][] = ['faults injected', 'inputs fuzzed', 'load held'];

/** What each is, in short. */
const KINDS: Readonly<Record<TortureRow['group'], string>> = {
  'faults injected':
    'kill -9, full and failing disks, lost rights, two writers, files that change, clock jumps, changed bytes',
  'inputs fuzzed':
    'images, models, arrays, archives, data sets, configurations, results, journals, caches, HTTP requests',
  'load held':
    'slow and very many connections, twice the rate that is borne, models replaced meanwhile',
};

/** Thousands apart, as `100 000`. */
const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

/** Every row, those of one group together. */
export function tortureTable(rows: readonly TortureRow[]): string {
  const body = GROUPS.flatMap((group) =>
    rows
      .filter((row) => row.group === group)
      .map(({ what, count, outcome, passed }) =>
        line([group, what, counted(count), passed ? 'held' : '**failed**', outcome]),
      ),
  );
  return [line(['', 'what', 'count', '', 'outcome']), '|---|---|---|---|---|', ...body].join('\n');
}

/** A row for each group: how much of it, and whether all held. */
export function tortureSummary(rows: readonly TortureRow[]): string {
  const body = GROUPS.map((group) => {
    const own = rows.filter((row) => row.group === group);
    const failed = own.filter(({ passed }) => !passed).map(({ what }) => what);
    const outcome = failed.length === 0 ? 'all held' : `failed: ${failed.join('; ')}`;
    const count = own.reduce((sum, row) => sum + row.count, 0);
    return { own, cells: [group, KINDS[group], counted(count), outcome] };
  });
  const present = body.filter(({ own }) => own.length > 0).map(({ cells }) => line(cells));
  return [line(['', 'what', 'count', 'outcome']), '|---|---|---|---|', ...present].join('\n');
}

/**
 * What a speed benchmark finds: ours beside the plain implementation and the physical limit, all
 * measured alternately in one run, so that the ratios mean something on any machine. Every
 * benchmark that `npm run bench` runs exports a function that returns such rows.
 */

export interface Comparison {
  /** Such as `search, 12 230 rows of 1536`. */
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB' | 'images/s';
  readonly ours: number;
  /** The plain implementation; null where there is none. */
  readonly plain: number | null;
  /** What the machine allows, such as the multiplications at the speed of a large MatMul. */
  readonly limit: number | null;
  /** What is plain, and what limits. */
  readonly note: string;
}

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);
const shown = (value: number | null) => (value === null ? '-' : value.toFixed(digits(value)));

/** How many times faster than plain, and how many times slower than the limit. */
export function ratios({ ours, plain, limit, unit }: Comparison): {
  readonly gain: number | null;
  readonly distance: number | null;
} {
  const more = unit === 'images/s';
  const over = (a: number, b: number) => (more ? b / a : a / b);
  return {
    gain: plain === null ? null : over(plain, ours),
    distance: limit === null ? null : over(ours, limit),
  };
}

export function comparisonTable(rows: readonly Comparison[]): string {
  const head = [
    '| | unit | ours | plain | limit | plain / ours | ours / limit | plain; limit |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const body = rows.map((row) => {
    const { gain, distance } = ratios(row);
    const cells = [row.what, row.unit, row.ours, row.plain, row.limit, gain, distance, row.note];
    return `| ${cells.map((cell) => (typeof cell === 'string' ? cell : shown(cell))).join(' | ')} |`;
  });
  return [...head, ...body].join('\n');
}

/**
 * Median times of several ways to do the same, taken in turn, so that whatever else the machine
 * does falls on all alike.
 * @returns milliseconds, in the order of `ways`
 */
export async function alternately(
  ways: readonly (() => Promise<unknown>)[],
  rounds: number,
): Promise<number[]> {
  const times = ways.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, way] of ways.entries()) {
      const start = performance.now();
      await way();
      // The first round warms up.
      if (round >= 0) times[i]!.push(performance.now() - start);
    }
  }
  return times.map((own) => own.sort((a, b) => a - b)[own.length >> 1]!);
}

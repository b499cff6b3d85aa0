/** What was measured of searches, and how it is told. */
import type { SearchPlan } from '../../src/detector/patchcore/searchPlan.ts';
import type { Comparison } from '../support/comparison.ts';

export const PATCHES = 784;

export interface Case {
  readonly backbone: string;
  readonly rows: number;
  readonly dimension: number;
  readonly plan: SearchPlan;
  /** GFLOP/s of a large product, at the time of this case. */
  readonly peak: number;
  readonly images: readonly Image[];
}

export type Times = Readonly<Record<'backbone' | 'brute' | 'former' | 'ours', number>>;

export interface Image {
  readonly name: string;
  readonly foreign: boolean;
  /** Milliseconds, one for each round; the backbone includes resizing and embedding. */
  readonly rounds: readonly Times[];
  /** Patches of 784 that meet all rows' fine bounds, and that meet all rows. */
  readonly open: number;
  readonly unproven: number;
  /** The same of the search on one level. */
  readonly formerUnproven: number;
  /** The largest difference from brute force, relative to the distance. */
  readonly error: number;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Medians over rounds and images, of times and of ratios within a round. */
export function summary({ images }: Pick<Case, 'images'>) {
  const rounds = images.flatMap((image) => image.rounds);
  const time = (of: keyof Times) => median(rounds.map((times) => times[of]));
  const ratio = (to: keyof Times) => median(rounds.map((times) => times.ours / times[to]));
  return {
    backbone: time('backbone'),
    brute: time('brute'),
    former: time('former'),
    ours: time('ours'),
    overBrute: ratio('brute'),
    overFormer: ratio('former'),
    overBackbone: ratio('backbone'),
    open: median(images.map(({ open }) => open)),
    unproven: Math.max(...images.map(({ unproven }) => unproven)),
    formerUnproven: Math.max(...images.map(({ formerUnproven }) => formerUnproven)),
    error: Math.max(...images.map(({ error }) => error)),
  };
}

/** The case's bottles as one, and each foreign image. */
export const groups = ({ images }: Case) => [
  { name: 'bottles', images: images.filter(({ foreign }) => !foreign) },
  ...images
    .filter(({ foreign }) => foreign)
    .map((image) => ({ name: image.name, images: [image] })),
];

export function comparisons(measured: Case): Comparison[] {
  const { rows, dimension, backbone, plan, peak } = measured;
  const [own, ...others] = groups(measured).map((group) => summary(group));
  const worst = others.reduce((a, b) => (b.overBrute > a.overBrute ? b : a));
  const multiplied = 2 * PATCHES * multiplyAdds(plan, rows, dimension);
  const what = `search, ${rows} rows of ${dimension} (${backbone})`;
  const unit = 'ms';
  return [
    {
      what,
      unit,
      ours: own!.ours,
      plain: own!.brute,
      limit: multiplied / peak / 1e6,
      note: `brute force; its products at MatMul's peak; ${own!.overBackbone.toFixed(2)} x the backbone`,
    },
    {
      what: `${what}, foreign image`,
      unit,
      ours: worst.ours,
      plain: worst.brute,
      limit: null,
      note: 'the worst of another product and noise',
    },
  ];
}

/** Of what every patch goes through. */
function multiplyAdds(plan: SearchPlan, rows: number, dimension: number): number {
  if (plan.kind === 'brute') return rows * dimension;
  const { coarse, fine } = plan;
  return dimension * fine + rows * (coarse + 2);
}

export function table(cases: readonly Case[]): string {
  const head = [
    '| backbone | rows | image | backbone, ms | brute force, ms | one level, ms | ours, ms | / brute force | / one level | / backbone | open of 784 | unproven | before | error |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  const body = cases.flatMap((measured) =>
    groups(measured).map(({ name, images }) => {
      const row = summary({ images });
      const times = [row.backbone, row.brute, row.former, row.ours].map((ms) => ms.toFixed(1));
      const ratios = [row.overBrute, row.overFormer, row.overBackbone].map((r) => r.toFixed(2));
      const counts = [row.open, row.unproven, row.formerUnproven];
      const cells = [measured.backbone, measured.rows, name, ...times, ...ratios, ...counts];
      return `| ${[...cells, row.error.toExponential(0)].join(' | ')} |`;
    }),
  );
  return [...head, ...body].join('\n');
}

/** Tables and figures: with a caption and a label, in one column or over both. */
import { data, type Inserted, inserted, joined, literal, type Typst, typst } from './typst.ts';

export interface PaperTable {
  /** What references to it say: `tab-clean`. */
  readonly label: string;
  readonly caption: Typst;
  readonly columns: readonly PaperColumn[];
  readonly groups: readonly (readonly (readonly Inserted[])[])[];
  /** Over both columns of the page. */
  readonly wide?: boolean;
}

export interface PaperColumn {
  readonly title: Inserted;
  readonly align?: 'left' | 'right' | 'center';
  /** Takes what width the others leave, and breaks lines. */
  readonly flexible?: boolean;
}

/** As booktabs has them: heavy rules outside, a light one below the head and between groups. */
export function paperTable({ label, caption, columns, groups, wide }: PaperTable): Typst {
  const rows = groups.filter((group) => group.length > 0);
  const cells = rows.map((group) => joined(group.map(rowSource), '\n'));
  const head = joined(columns.map(({ title }) => typst`[*${title}*], `));
  const align = columns.map(({ align: side }) => side ?? 'left').join(', ');
  const widths = columns.map(({ flexible }) => (flexible === true ? '1fr' : 'auto')).join(', ');
  const body: Typst = {
    source: `table(columns: (${widths},), align: (${align},),
rule(0.9pt), table.header(${head.source}), rule(0.45pt),
${joined(cells, '\nrule(0.3pt),\n').source}
rule(0.9pt))`,
  };
  return placed(label, caption, body, wide === true);
}

const rowSource = (cells: readonly Inserted[]): Typst =>
  joined(cells.map((cell) => typst`[${inserted(cell)}], `));

export interface PaperFigure {
  readonly label: string;
  readonly caption: Typst;
  /** What it shows, for who cannot see it. */
  readonly alt: string;
  /** Of the SVG among the files given to the compiler. */
  readonly file: string;
  readonly wide?: boolean;
  /** Of the column's width. */
  readonly width?: number;
}

export function paperFigure({ label, caption, alt, file, wide, width }: PaperFigure): Typst {
  const body: Typst = {
    source: `image(${literal(file)}, width: ${Math.round(100 * (width ?? 1))}%, alt: ${literal(alt)})`,
  };
  return placed(label, caption, body, wide === true);
}

/**
 * At the top of a column, or of a page over both. At the bottom, Typst 0.13 lets what stands in one
 * column run into what stands over both.
 */
export function placed(label: string, caption: Typst, body: Typst, wide: boolean): Typst {
  const scope = wide ? ', scope: "parent"' : '';
  return {
    source: `#figure(placement: top${scope}, caption: [${caption.source}],
${body.source}) <${label}>

`,
  };
}

/** What a cell says where there is no number. */
export const NONE: Typst = data('–');

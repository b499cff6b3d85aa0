/** Charts of the same kind side by side, such as one for each category. */

/** Of every plot with panels: which of them a row of the plot belongs to. */
export interface InPanel {
  readonly panel: string;
}

/** How many stand side by side, and how wide each is, in pixels. */
export function panelGrid(count: number, most = 3): { columns: number; width: number } {
  const columns = Math.max(1, Math.min(count, most));
  return { columns, width: [360, 260, 180][columns - 1] ?? 130 };
}

export const panelsOf = (rows: readonly InPanel[]): string[] => [
  ...new Set(rows.map(({ panel }) => panel)),
];

/** The facet of a specification; names that are too long for a panel end in an ellipsis. */
export function panelFacet(panels: readonly string[], width: number) {
  return {
    field: 'panel',
    type: 'nominal' as const,
    title: null,
    sort: [...panels],
    header: {
      labelLimit: width,
      labelFontSize: 12,
      labelFontWeight: 600 as const,
      labelPadding: 4,
    },
  };
}

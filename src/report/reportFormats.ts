/**
 * What a report is written as.
 * - `html`: one page that needs no network
 * - `pdf`: a paper
 * - `tables`: every table as CSV, Markdown and LaTeX, every figure as SVG and PNG
 */
export const REPORT_FORMATS = ['html', 'pdf', 'tables'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

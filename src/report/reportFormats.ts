/**
 * What a report is written as.
 * - `html`: one page that needs no network
 * - `pdf`: a paper
 * - `tables`: every table as CSV, Markdown and LaTeX, every figure as SVG and PNG
 */
export const REPORT_FORMATS = ['html', 'pdf', 'tables'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Within the run's folder, and the files within that. */
export const REPORT_FOLDER = 'report';
export const PAGE_FILE = 'report.html';
export const PAPER_FILE = 'report.pdf';

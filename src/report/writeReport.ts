/** Writes the report of a run: a page, a paper, tables and figures. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inputError } from '../core/error.ts';
import type { RunControl } from '../core/progress.ts';
import { replaceFolder } from '../core/replaceFolder.ts';
import { requireWritable } from '../core/requireWritable.ts';
import { buildReport } from './buildReport.ts';
import { renderPage } from './html/renderPage.ts';
import type { Run } from './openRun.ts';
import { renderPaper } from './paper/renderPaper.ts';
import { figureFiles } from './plots/figureFiles.ts';
import type { Report } from './report.ts';
import type { ReportFile } from './reportFile.ts';
import { PAGE_FILE, PAPER_FILE, REPORT_FOLDER, type ReportFormat } from './reportFormats.ts';
import { tableFiles } from './tables/tableFiles.ts';

export interface ReportOptions {
  readonly formats: readonly ReportFormat[];
  /** Its folder; undefined: `report` within the run's. */
  readonly out?: string | undefined;
}

export interface WrittenReport {
  /** Absolute path. */
  readonly folder: string;
  /** Relative to the folder, with `/`. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** What the report does without, and why. */
  readonly notes: readonly string[];
}

/**
 * An earlier report in the same folder is replaced as a whole, once the new one is complete.
 * @throws FlawmapError (input) where the folder holds anything but a report, (environment) where
 * it cannot be written
 */
export async function writeReport(
  run: Run,
  { formats, out }: ReportOptions,
  control: RunControl = {},
): Promise<WrittenReport> {
  const folder = resolve(out ?? join(run.folder, REPORT_FOLDER));
  await requireReplaceable(folder);
  const files = await reportFiles(run, formats, control);
  await replaceFolder(folder, (partial) => writeFiles(partial, files));
  return {
    folder,
    files: files.map(({ name, content }) => ({ name, bytes: Buffer.byteLength(content) })),
    notes: run.pictures.notes,
  };
}

async function reportFiles(
  { result, pictures }: Run,
  formats: readonly ReportFormat[],
  control: RunControl,
): Promise<readonly ReportFile[]> {
  const input = { result, pictures: pictures.index };
  const report = withNotes(buildReport(input), pictures.notes);
  const files: ReportFile[] = [];
  const options = { ...control, readPicture: pictures.read };
  if (formats.includes('tables')) {
    files.push(...tableFiles(report), ...(await figureFiles(report, control)));
  }
  if (formats.includes('html')) {
    files.push({ name: PAGE_FILE, content: await renderPage(report, options) });
  }
  if (formats.includes('pdf')) {
    files.push({ name: PAPER_FILE, content: await renderPaper(input, options) });
  }
  control.signal?.throwIfAborted();
  return files;
}

/** What is missing is said where the report begins. */
function withNotes(report: Report, notes: readonly string[]): Report {
  const [first, ...others] = report.chapters;
  if (first === undefined || notes.length === 0) return report;
  const said = notes.map((text) => ({ kind: 'prose', tone: 'note', text }) as const);
  return { ...report, chapters: [{ ...first, blocks: [...said, ...first.blocks] }, ...others] };
}

const OWN = new Set([PAGE_FILE, PAPER_FILE, 'tables', 'figures']);

/** A folder that holds other things than a report is not to be lost. */
async function requireReplaceable(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  const names = found?.isDirectory() ? await readdir(folder) : [];
  const other = found?.isDirectory() === false ? folder : names.find((name) => !OWN.has(name));
  if (other !== undefined) {
    throw inputError({
      what: `the report cannot take the place of ${folder}`,
      expected: 'a folder that is not there yet, is empty, or holds an earlier report',
      found: other,
      remedy: 'name another folder with --out',
    });
  }
  await requireWritable(dirname(folder));
}

async function writeFiles(folder: string, files: readonly ReportFile[]): Promise<void> {
  await mkdir(folder);
  for (const { name, content } of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flush: true });
  }
}

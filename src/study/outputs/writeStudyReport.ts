/** The report at the end of a study. */
import { relative, sep } from 'node:path';
import type { RunControl } from '../../core/progress.ts';
import type { ReportFormat } from '../../report/reportFormats.ts';

export interface StudyReport {
  /** Relative to the run's folder. */
  readonly files: readonly string[];
  /** Throws what kept the report from being written, if anything did. */
  readonly rethrow: () => void;
}

/**
 * Reads the run back from its folder, so that what is shown is what was written. A failure is kept
 * for later: hours of work are not to end without a manifest because a page could not be written.
 */
export async function writeStudyReport(
  run: string,
  formats: readonly ReportFormat[],
  control: RunControl,
): Promise<StudyReport> {
  if (formats.length === 0) return { files: [], rethrow: () => {} };
  try {
    // Loaded when there is something to report: charts and typesetting take a while to load.
    const { openRun } = await import('../../report/openRun.ts');
    const { writeReport } = await import('../../report/writeReport.ts');
    // The manifest that is there is the one of the run before: this run's comes last.
    const opened = await openRun(run, control.signal, async () => ({}));
    const { folder, files } = await writeReport(opened, { formats }, control);
    const within = relative(run, folder).split(sep).join('/');
    return { files: files.map(({ name }) => `${within}/${name}`), rethrow: () => {} };
  } catch (error) {
    const rethrow = () => {
      throw error;
    };
    return { files: [], rethrow };
  }
}

import { usageError } from '../../core/error.ts';
import { nearestName } from '../../core/nearestName.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../report/reportFormats.ts';
import { defineCommand } from '../command.ts';
import { argument, list, text } from '../parameters.ts';

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'a study to look at and to hand in: a page, a paper, tables and figures',
  description: `Writes the report of a finished study, as every study does at its end (outputs.report):

  html    report.html, one page with charts, pictures and a threshold to be moved; needs no network
  pdf     report.pdf, a paper of a few pages
  tables  tables/ as CSV, Markdown and LaTeX, figures/ as SVG and PNG

Everything follows from RUN/result.json and RUN/pictures; nothing is computed anew. A report that is
there already is replaced as a whole.`,
  arguments: { run: argument("the run's folder, or its result.json") },
  options: {
    format: list('--format <names>', `what to write: ${REPORT_FORMATS.join(', ')} (default: all)`),
    out: text('--out <dir>', 'where to (default: RUN/report)'),
  },
  json: true,
  examples: [
    { command: 'report runs/demo', explanation: 'Then open runs/demo/report/report.html' },
    {
      command: 'report runs/demo --format pdf --out paper',
      explanation: 'The paper alone, in another folder',
    },
  ],
  async run({ control, log, print, paint }, { run, format, out }) {
    const formats = format?.map(formatOf) ?? REPORT_FORMATS;
    const { openRun } = await import('../../report/openRun.ts');
    const { writeReport } = await import('../../report/writeReport.ts');
    const { describeReport } = await import('../describe/describeReport.ts');
    const opened = await openRun(run, control.signal);
    const report = await writeReport(opened, { formats, out }, control);
    for (const note of report.notes) log.warn(note);
    print(describeReport(report, paint));
    return { json: report };
  },
});

function formatOf(name: string): ReportFormat {
  const format = REPORT_FORMATS.find((candidate) => candidate === name);
  if (format !== undefined) return format;
  const nearest = nearestName(name, REPORT_FORMATS);
  throw usageError({
    what: `there is no format ${name}`,
    expected: `one of ${REPORT_FORMATS.join(', ')}`,
    found: name,
    ...(nearest !== undefined && { remedy: `did you mean ${nearest}?` }),
  });
}

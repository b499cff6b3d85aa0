/** Every plot of a report as SVG and PNG files, in the paper's colours. */
import { availableParallelism } from 'node:os';
import type { RunControl } from '../../core/progress.ts';
import { readAhead } from '../../core/readAhead.ts';
import { allBlocks } from '../allBlocks.ts';
import { createFileNames } from '../fileNames.ts';
import type { Report } from '../report.ts';
import type { ReportFile } from '../reportFile.ts';
import { drawPlot } from './drawPlot.ts';
import { drawPng } from './drawPng.ts';
import { PAPER_THEME } from './plotTheme.ts';

export async function figureFiles(
  report: Report,
  { onProgress, signal }: RunControl = {},
): Promise<readonly ReportFile[]> {
  const plots = allBlocks(report).flatMap((block) => (block.kind === 'plot' ? [block.plot] : []));
  const nameOf = createFileNames();
  const files: ReportFile[] = [];
  // Pixels are made on other threads while the next plot is drawn here.
  const pairs = readAhead(
    plots,
    async (plot) => {
      const svg = await drawPlot(plot, PAPER_THEME);
      return [svg, await drawPng(svg)] as const;
    },
    availableParallelism() + 1,
  );
  let done = 0;
  for await (const [svg, png] of pairs) {
    signal?.throwIfAborted();
    const stem = `figures/${nameOf(plots[done]!.id)}`;
    files.push({ name: `${stem}.svg`, content: svg }, { name: `${stem}.png`, content: png });
    done++;
    onProgress?.({ step: 'drawing figures', done, total: plots.length });
  }
  return files;
}

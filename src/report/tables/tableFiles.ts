/** Every table of a report as files. */
import { allBlocks } from '../allBlocks.ts';
import { createFileNames } from '../fileNames.ts';
import type { Report } from '../report.ts';
import type { ReportFile } from '../reportFile.ts';
import { toCsv } from './toCsv.ts';
import { toLatex } from './toLatex.ts';
import { toMarkdown } from './toMarkdown.ts';

const WRITERS = { csv: toCsv, md: toMarkdown, tex: toLatex } as const;

export function tableFiles(report: Report): readonly ReportFile[] {
  const nameOf = createFileNames();
  return allBlocks(report).flatMap((block) => {
    if (block.kind !== 'table') return [];
    const stem = `tables/${nameOf(block.table.id)}`;
    return Object.entries(WRITERS).map(([ending, write]) => ({
      name: `${stem}.${ending}`,
      content: write(block.table),
    }));
  });
}

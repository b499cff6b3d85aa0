/** What the demo has shown, and where to look. */
import { join } from 'node:path';
import { PAGE_FILE, PAPER_FILE, REPORT_FOLDER } from '../../report/reportFormats.ts';
import type { Demo } from '../../study/demo.ts';
import type { CommandContext } from '../command.ts';
import { formatDuration } from '../quantities.ts';
import { describeStudy } from './describeStudy.ts';
import { relativePath } from './relativePath.ts';
import { shellWord } from './shellWord.ts';

export function describeDemo(demo: Demo, paint: CommandContext['paint']): string {
  const [first] = demo.categories;
  const model = first === undefined ? '' : shellWord(relativePath(first.model));
  return [
    describeStudy(demo, paint),
    '',
    `${paint('bold', 'Look at')} (${formatDuration(demo.seconds)} after the start):`,
    `  ${relativePath(join(demo.out, REPORT_FOLDER, PAGE_FILE))}`,
    `  ${relativePath(join(demo.out, REPORT_FOLDER, PAPER_FILE))}`,
    ...demo.categories.map(({ sheet }) => `  ${relativePath(sheet)}`),
    '',
    'Next, your own product: a folder of good photographs is enough.',
    '  flawmap fit FOLDER -o product.onnx',
    `  flawmap predict ${model} PHOTOGRAPH --out pictures`,
  ].join('\n');
}

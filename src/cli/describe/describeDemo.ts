/** What the demo has shown, and where to look. */
import type { Demo } from '../../inspection/demo.ts';
import type { CommandContext } from '../command.ts';
import { formatDuration } from '../quantities.ts';
import { textTable } from '../textTable.ts';
import { relativePath } from './relativePath.ts';
import { shellWord } from './shellWord.ts';

const decimals = (value: number | null) => (value === null ? '-' : value.toFixed(3));

export function describeDemo(demo: Demo, paint: CommandContext['paint']): string {
  const rows = demo.categories.map(({ category, evaluation: { image, pixel, counts } }) => [
    category,
    decimals(image.auroc),
    decimals(pixel.auroc),
    decimals(pixel.pro),
    `${image.confusion.tp} of ${counts.anomalous}`,
    `${image.confusion.fp} of ${counts.normal}`,
  ]);
  const headers = ['', 'image AUROC', 'pixel AUROC', 'PRO', 'flaws found', 'false alarms'];
  const sheets = demo.categories.map(({ sheet }) => `  ${relativePath(sheet)}`);
  const [first] = demo.categories;
  const model = first === undefined ? '' : shellWord(relativePath(first.model));
  return [
    textTable(headers, rows),
    '',
    `${paint('bold', 'Look at')} (${formatDuration(demo.seconds)} after the start):`,
    ...sheets,
    '',
    'Next, your own product: a folder of good photographs is enough.',
    '  flawmap fit FOLDER -o product.onnx',
    `  flawmap predict ${model} PHOTOGRAPH --out pictures`,
  ].join('\n');
}

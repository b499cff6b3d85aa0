/** What a shifted data set is, and what could not be made sure of, for people. */
import { PRESETS } from '../../shift/presets.ts';
import type { ShiftReport } from '../../shift/writeShiftedDataset.ts';
import type { CommandContext } from '../command.ts';
import { relativePath } from './relativePath.ts';
import { shellWord } from './shellWord.ts';

export function describeShift(report: ShiftReport, paint: CommandContext['paint']): string {
  const { preset, severity, seed, lamp, categories, counts, filled } = report;
  const draw = lamp === undefined ? 'a draw for each image' : `one draw for all: lamp ${lamp}`;
  const lines = [
    paint('bold', `${report.out}: ${categories.join(', ')}`),
    `  preset     ${preset}: ${PRESETS[preset].summary}`,
    `  drawn      severity ${severity}, seed ${seed}; ${draw}`,
    `  images     ${counts.images}, and ${counts.masks} masks moved with them`,
  ];
  if (filled.most > 0) {
    const share = `${percent(filled.mean)} of the area on average, ${percent(filled.most)} at most`;
    lines.push(`  reflected  ${share}: there the image's mirror image shows`);
  }
  if (counts.redraws > 0) {
    const images = several(counts.redrawnImages, 'image', 'images');
    lines.push(
      `  redrawn    ${counts.redraws} times, for ${images}: the defect had left the frame`,
    );
  }
  if (counts.unknownMasks > 0) {
    const images = several(counts.unknownMasks, 'defective image has', 'defective images have');
    lines.push(`  unknown    ${images} no mask: whether the defect has left the frame`);
  }
  const [first = ''] = categories;
  const folder = shellWord(relativePath(report.out));
  lines.push(
    '',
    `${paint('bold', 'Look at')} ${relativePath(report.sheet)}`,
    `Next:\n  flawmap evaluate MODEL.onnx ${folder} --category ${shellWord(first)}`,
  );
  return lines.join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const several = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`;

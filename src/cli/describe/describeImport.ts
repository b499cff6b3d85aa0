/** What an import has written and where it came from, for people. */
import type { ImportReport } from '../../data/import/importDataset.ts';
import { textTable } from '../textTable.ts';
import { shellWord } from './shellWord.ts';

/** Folders of the source that are named one by one. */
const SHOWN = 2;

export function describeImport({ source, out, format, reason, counts }: ImportReport): string {
  const table = textTable(
    ['category', 'part', 'type', 'images', 'masks', 'from'],
    counts.map(({ category, phase, defectType, images, masks, from }) => {
      const rest = from.length > SHOWN ? ` and ${from.length - SHOWN} more` : '';
      return [category, phase, defectType, images, masks, from.slice(0, SHOWN).join(', ') + rest];
    }),
  );
  const fitted = counts.find(({ phase, defectType }) => phase === 'train' && defectType === 'good');
  const next = fitted && nextCommand(out, fitted.category);
  return [`${source}: ${format} (${reason})\n${out}`, table, ...(next ? [next] : [])].join('\n\n');
}

const nextCommand = (out: string, category: string): string =>
  `Next:\n  flawmap fit ${shellWord(out)} --category ${shellWord(category)} -o ${shellWord(`${category}.onnx`)}`;

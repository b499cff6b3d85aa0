/** Images by part of the split and type of defect. */
import { numberCell, type Table } from '../../tables/table.ts';
import { type CategorySplit, PARTS } from './categorySplits.ts';

export function splitTable(splits: readonly CategorySplit[]): Table {
  return {
    id: 'split-by-type',
    title: 'The split by type of defect',
    note: 'Numbers of images.',
    columns: [
      { title: 'Category' },
      { title: 'Type' },
      { title: 'Training', align: 'right' },
      { title: 'Validation', align: 'right' },
      { title: 'Test', align: 'right' },
    ],
    rows: splits.flatMap(({ name, types }) =>
      types.map(({ type, images }) => [
        name,
        type,
        ...PARTS.map((part) => numberCell(images[part], 0)),
      ]),
    ),
  };
}

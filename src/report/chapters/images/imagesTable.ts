/** How many images of each kind there are, and what files they are. */
import type { ExploredCategory } from '../../../result/exploration.ts';
import { numberCell, type Table } from '../../tables/table.ts';
import { type CategoryImages, imagesOf } from './categoryImages.ts';

const UNEXPLORED = 'not explored';

export function imagesTable(categories: readonly CategoryImages[]): Table {
  return {
    id: 'images',
    title: 'Images by category',
    note: 'Counts of files. Good training images are split into ones that are learnt from and ones that thresholds are set on, defective ones into validation and test: see the next chapter.',
    columns: [
      { title: 'Category' },
      { title: 'Train, good', align: 'right' },
      { title: 'Test, good', align: 'right' },
      { title: 'Test, defective', align: 'right' },
      { title: 'Defect types', align: 'right' },
      { title: 'Masks', align: 'right' },
      { title: 'Size, pixels' },
      { title: 'Files' },
    ],
    rows: categories.map((category) => [
      category.name,
      numberCell(imagesOf(category, { phase: 'train' }), 0),
      numberCell(imagesOf(category, { phase: 'test', label: 'normal' }), 0),
      numberCell(imagesOf(category, { phase: 'test', label: 'anomalous' }), 0),
      numberCell(category.defectTypes.length, 0),
      category.explored === null
        ? numberCell(null, 0, { reason: UNEXPLORED })
        : numberCell(masksOf(category.explored), 0),
      category.explored === null ? UNEXPLORED : sizes(category.explored),
      category.explored === null ? UNEXPLORED : formats(category.explored),
    ]),
  };
}

const masksOf = ({ classes }: ExploredCategory): number =>
  classes.reduce((sum, { masks }) => sum + (masks?.present ?? 0), 0);

/** `256 x 256`, `900 x 900 and 2 other sizes`. */
function sizes({ sizes: all }: ExploredCategory): string {
  const [most, ...others] = all;
  if (most === undefined) return 'none can be read';
  const size = `${most.width} x ${most.height}`;
  if (others.length === 0) return size;
  return `${size} and ${others.length} other size${others.length === 1 ? '' : 's'}`;
}

/** `PNG, colour, 8 bits`. */
function formats({ formats: all }: ExploredCategory): string {
  const named = all.map(
    ({ format, channels, bits }) =>
      `${format.toUpperCase()}, ${channels === 1 ? 'grey' : 'colour'}, ${bits} bits`,
  );
  return named.length === 0 ? 'none can be read' : named.join('; ');
}

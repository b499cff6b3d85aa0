/** What a shift did to the images of each category, in numbers. */
import type { StudyResult } from '../../../result/result.ts';
import { numberCell, type Table } from '../../tables/table.ts';

type Shifts = StudyResult['shift'];

export function shiftedImagesTable(shift: Shifts): Table {
  return {
    id: 'shifted-images',
    title: 'Shifted images',
    note: 'Mirrored border: the share of an image that its own mirror image fills.',
    columns: [
      { title: 'Category' },
      { title: 'Images', align: 'right' },
      { title: 'Draws repeated', align: 'right' },
      { title: 'Defective, no mask', align: 'right' },
      { title: 'Mirrored border, mean', align: 'right' },
      { title: 'largest', align: 'right' },
    ],
    rows: shift.map(({ category, images, redraws, maskUnknown, filled }) => [
      category,
      numberCell(images, 0),
      numberCell(redraws, 0),
      numberCell(maskUnknown, 0),
      numberCell(100 * filled.mean, 1, { unit: '%', n: images }),
      numberCell(100 * filled.largest, 1, { unit: '%' }),
    ]),
  };
}

/** What a parameter of a transform says; anything else is told by its own name. */
const WORDS: Readonly<Record<string, { readonly text: string; readonly digits: number }>> = {
  'rotation degrees': { text: 'turned, degrees', digits: 1 },
  'crop share': { text: 'what is left of each side', digits: 3 },
  'crop x': { text: 'cut off at the left, image widths', digits: 3 },
  'crop y': { text: 'cut off at the top, image heights', digits: 3 },
  'translation x': { text: 'moved right, image widths', digits: 3 },
  'translation y': { text: 'moved down, image heights', digits: 3 },
  'brightness factor': { text: 'brightness, times', digits: 2 },
  'contrast factor': { text: 'contrast, times', digits: 2 },
  'saturation factor': { text: 'saturation, times', digits: 2 },
  'linearGradient strength': { text: 'light from one side, strength', digits: 3 },
  'linearGradient degrees': { text: 'direction of that light, degrees', digits: 0 },
  'radialGradient strength': { text: 'spot of light, strength', digits: 3 },
  'radialGradient x': { text: 'place of the spot, image widths', digits: 2 },
  'radialGradient y': { text: 'place of the spot, image heights', digits: 2 },
  'vignette strength': { text: 'dark corners, strength', digits: 3 },
  'blur sigma': { text: 'blur, sigma in pixels at 256', digits: 2 },
  'noise sigma': { text: 'noise, share of full scale', digits: 3 },
};

/** Over the images of all categories, which are drawn from the same ranges; null where unknown. */
export function drawnTable(shift: Shifts): Table | null {
  const names = new Set(
    shift.flatMap(({ drawn = [] }) =>
      drawn.map(({ transform, parameter }) => `${transform} ${parameter}`),
    ),
  );
  if (names.size === 0) return null;
  return {
    id: 'shift-draws',
    title: 'What was drawn',
    note: 'Over all shifted images; the quartiles and the median are means of the categories’, weighted by their images.',
    columns: [
      { title: 'Change' },
      { title: 'Images', align: 'right' },
      { title: 'Least', align: 'right' },
      { title: 'Lower quartile', align: 'right' },
      { title: 'Median', align: 'right' },
      { title: 'Upper quartile', align: 'right' },
      { title: 'Most', align: 'right' },
    ],
    rows: [...names].map((name) => {
      const own = shift.flatMap(({ drawn = [] }) =>
        drawn.filter(({ transform, parameter }) => `${transform} ${parameter}` === name),
      );
      const { text, digits } = WORDS[name] ?? { text: name, digits: 3 };
      const images = own.reduce((sum, one) => sum + one.images, 0);
      const mean = (quantile: 'q25' | 'median' | 'q75') =>
        own.reduce((sum, one) => sum + one.images * one.spread[quantile], 0) / images;
      const least = Math.min(...own.map(({ spread }) => spread.min));
      const most = Math.max(...own.map(({ spread }) => spread.max));
      const values = [least, mean('q25'), mean('median'), mean('q75'), most];
      return [text, numberCell(images, 0), ...values.map((value) => numberCell(value, digits))];
    }),
  };
}

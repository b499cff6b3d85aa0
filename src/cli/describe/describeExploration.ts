/** What is in a data set, for people. */
import type {
  CategoryExploration,
  ClassExploration,
  Exploration,
} from '../../data/explore/exploration.ts';
import type { Summary } from '../../data/explore/summary.ts';
import type { ExplorationFiles } from '../../data/explore/writeExploration.ts';
import type { CommandContext } from '../command.ts';
import { textTable } from '../textTable.ts';
import { relativePath } from './relativePath.ts';
import { wrapText } from './wrapText.ts';

export function describeExploration(
  { categories }: Exploration,
  paint: CommandContext['paint'],
): string {
  const parts = categories.map((category) =>
    [
      paint('bold', `${category.name}: ${countOf(category.images)}`),
      textTable(HEADERS, category.classes.map(rowOf)),
      ...remarks(category).map((remark) => wrapText(remark, 2)),
    ].join('\n'),
  );
  return [...parts, LEGEND].join('\n\n');
}

export function describeFiles({ report, sheets }: ExplorationFiles): string {
  const paths = sheets.map((path) => relativePath(path)).join(', ');
  return `\nreport: ${relativePath(report)}\nlook at: ${paths}`;
}

const HEADERS = ['', '', 'images', 'brightness', 'contrast', 'masks', 'mask area', 'from', 'to'];
const LEGEND =
  'Brightness and contrast: mean over the images, 0 to 255 (range). Mask area: median share of the image.';

function rowOf({
  phase,
  defectType,
  images,
  brightness,
  contrast,
  masks,
}: ClassExploration): (string | number)[] {
  const area = masks?.areaShare ?? undefined;
  return [
    phase,
    defectType,
    images,
    levels(brightness),
    levels(contrast),
    masks ? masks.present : '-',
    percent(area?.median),
    percent(area?.min),
    percent(area?.max),
  ];
}

const levels = (summary: Summary | null): string =>
  summary === null
    ? '-'
    : `${summary.mean.toFixed(1)} (${summary.min.toFixed(0)} to ${summary.max.toFixed(0)})`;

const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${(100 * share).toPrecision(2)}%`;

function remarks(category: CategoryExploration): string[] {
  const { sizes, mixedSizes, formats, mixedFormats, unreadable, skipped } = category;
  const lines: string[] = [];
  if (sizes.length > 0) {
    const named = sizes.map(({ width, height, images }) =>
      mixedSizes ? `${width} x ${height} (${countOf(images)})` : `${width} x ${height} pixels`,
    );
    lines.push(`${mixedSizes ? 'mixed sizes' : 'size'}: ${shortened(named)}`);
  }
  if (formats.length > 0) {
    const named = formats.map(({ format, channels, bits, images }) => {
      const kind = `${format.toUpperCase()}, ${channels === 1 ? 'grey' : 'RGB'}, ${bits} bits`;
      return mixedFormats ? `${kind} (${countOf(images)})` : kind;
    });
    lines.push(`${mixedFormats ? 'mixed formats' : 'format'}: ${shortened(named)}`);
  }
  const withoutMask = category.classes.flatMap(({ masks }) => masks?.missing ?? []);
  if (withoutMask.length > 0) {
    const defective = category.classes.filter(({ label }) => label === 'anomalous');
    const all = defective.reduce((sum, { images }) => sum + images, 0);
    lines.push(`no mask: ${withoutMask.length} of ${all} defective images`);
  }
  const told = skipped.filter(({ reason }) => reason !== 'hidden');
  const files = (left: readonly { readonly path: string; readonly reason: string }[]) =>
    shortened(left.map(({ path, reason }) => `${path} (${reason})`));
  if (unreadable.length > 0) lines.push(`unreadable: ${files(unreadable)}`);
  if (told.length > 0) lines.push(`left alone: ${files(told)}`);
  if (category.layoutProblems > 0) {
    lines.push(`problems in the folders: ${category.layoutProblems}; see flawmap dataset verify`);
  }
  return lines;
}

const countOf = (images: number): string => (images === 1 ? '1 image' : `${images} images`);

const SHOWN = 5;

function shortened(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Where each image goes in the layout of MVTec AD. */
import { extname, posix } from 'node:path';
import { byCodePoint } from '../codePointOrder.ts';
import { GOOD, GROUND_TRUTH } from '../labelledFolders.ts';
import type { FoundImage } from './importFormat.ts';
import { safeName } from './sourceFiles.ts';

export interface PlacedImage {
  readonly image: FoundImage;
  readonly category: string;
  readonly phase: 'train' | 'test';
  readonly defectType: string;
  /** Relative to the output folder, with forward slashes: `bottle/test/crack/000.png`. */
  readonly file: string;
  readonly mask: string;
}

/** One group of normal images in this many is to test on, where the source does not part them. */
const TEST_EVERY = 5;

/**
 * Names become safe ones, and different within their folder without their extension, by which masks
 * are found. Where the source does not part its images, defective ones are to test on, and so is
 * every fifth group of normal ones in order of name; the others are to learn from.
 */
export function placeImages(images: readonly FoundImage[]): PlacedImage[] {
  const testGroups = chooseTestGroups(images);
  const taken = new Set<string>();
  return images.map((image) => {
    const phase = image.phase ?? (testGroups.has(groupOf(image)) ? 'test' : 'train');
    const category = safeName(image.category);
    const defectType = safeName(image.defectType);
    const folder = posix.join(category, phase, defectType);
    const stem = freeStem(folder, safeName(image.stem), taken);
    return {
      image,
      category,
      phase,
      defectType,
      file: posix.join(folder, stem + extname(image.path).toLowerCase()),
      mask: posix.join(category, GROUND_TRUTH, defectType, `${stem}_mask.png`),
    };
  });
}

const groupOf = ({ category, group, path }: FoundImage): string => `${category}/${group ?? path}`;

function chooseTestGroups(images: readonly FoundImage[]): ReadonlySet<string> {
  const undecided = images.filter(({ phase }) => phase === undefined);
  // A group with a defect is wholly to test on: its normal images show the same piece.
  const test = new Set(undecided.filter(({ defectType }) => defectType !== GOOD).map(groupOf));
  const normal = [...new Set(undecided.map(groupOf))].filter((group) => !test.has(group));
  const hasNormalTest =
    undecided.some((image) => image.defectType === GOOD && test.has(groupOf(image))) ||
    images.some(({ phase, defectType }) => phase === 'test' && defectType === GOOD);
  if (hasNormalTest) return test;
  for (const [i, group] of normal.sort(byCodePoint).entries()) {
    if (i % TEST_EVERY === TEST_EVERY - 1) test.add(group);
  }
  return test;
}

/** File systems may not tell upper from lower case. */
function freeStem(folder: string, stem: string, taken: Set<string>): string {
  const key = (candidate: string) => `${folder}/${candidate}`.toLowerCase();
  let free = stem;
  for (let i = 2; taken.has(key(free)); i++) free = `${stem}-${i}`;
  taken.add(key(free));
  return free;
}

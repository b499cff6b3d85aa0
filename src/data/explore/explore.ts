/** `explore`: what is in a data set, before anything is fitted on it. */
import type { RunControl } from '../../core/progress.ts';
import { byCodePoint } from '../codePointOrder.ts';
import type { Sample } from '../dataset.ts';
import { type CategoryPlace, listCategories, locateCategory } from '../locateCategory.ts';
import type { ScannedCategory } from '../mvtecLayout.ts';
import { scanCategory } from '../openCategory.ts';
import type {
  CategoryExploration,
  ClassExploration,
  Exploration,
  FormatCount,
  MaskExploration,
  SizeCount,
} from './exploration.ts';
import { type Measured, measureSample, pathIn } from './measureSample.ts';
import { summary } from './summary.ts';

/**
 * Opens every image and mask. What is wrong with the data is counted, not judged: that is for
 * `verifyDataset`.
 * @param category by default all of the folder
 * @throws FlawmapError when the folder cannot be read, holds no images or not that category; the
 * signal's reason when aborted
 */
export async function explore(
  data: string,
  category: string | undefined,
  control: RunControl = {},
): Promise<Exploration> {
  const places =
    category === undefined ? await listCategories(data) : [await locateCategory(data, category)];
  const scans: { place: CategoryPlace; scan: ScannedCategory }[] = [];
  for (const place of places) scans.push({ place, scan: await scanCategory(place) });
  const total = scans.reduce((sum, { scan }) => sum + samplesOf(scan).length, 0);
  const categories: CategoryExploration[] = [];
  let done = 0;
  for (const { place, scan } of scans) {
    const measured = await measureSamples(samplesOf(scan), place.root, control, done, total);
    done += measured.length;
    categories.push(describe(place, scan, measured));
  }
  return { categories };
}

const samplesOf = ({ category: { train, test } }: ScannedCategory) => [...train, ...test];

/** Images decoded at a time: sharp has threads of its own. */
const AT_ONCE = 4;

async function measureSamples(
  samples: readonly Sample[],
  root: string,
  { onProgress, signal }: RunControl,
  before: number,
  total: number,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let start = 0; start < samples.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const batch = samples.slice(start, start + AT_ONCE);
    measured.push(...(await Promise.all(batch.map((sample) => measureSample(sample, root)))));
    onProgress?.({ step: 'exploring images', done: before + measured.length, total });
  }
  return measured;
}

function describe(
  { name, layout, root }: CategoryPlace,
  { category, problems }: ScannedCategory,
  measured: readonly Measured[],
): CategoryExploration {
  const images = measured.flatMap(({ image }) => image ?? []);
  const sizes = countEqual(images.map(({ width, height }) => ({ width, height })));
  const formats = countEqual(
    images.map(({ format, channels, bits }) => ({ format, channels, bits })),
  );
  return {
    name,
    layout,
    images: measured.length,
    classes: classesOf(measured),
    sizes: sizes satisfies readonly SizeCount[],
    mixedSizes: sizes.length > 1,
    formats: formats satisfies readonly FormatCount[],
    mixedFormats: formats.length > 1,
    unreadable: measured.flatMap(({ unreadable }) => unreadable),
    skipped: category.skipped.map(({ path, reason }) => ({ path: pathIn(root, path), reason })),
    layoutProblems: problems.length,
  };
}

/** Each different value once with its number, the most frequent first. */
function countEqual<T extends object>(values: readonly T[]): (T & { readonly images: number })[] {
  const counts = new Map<string, { value: T; images: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const count = counts.get(key);
    if (count) count.images++;
    else counts.set(key, { value, images: 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.images - a.images)
    .map(({ value, images }) => ({ ...value, images }));
}

function classesOf(measured: readonly Measured[]): ClassExploration[] {
  const groups = new Map<string, Measured[]>();
  for (const one of measured) {
    // Sorts train before test and good before defective.
    const { phase, label, defectType } = one.sample;
    const key = `${phase === 'train' ? 0 : 1} ${label === 'normal' ? 0 : 1} ${defectType}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([, members]) => describeClass(members));
}

function describeClass(members: readonly Measured[]): ClassExploration {
  const { phase, label, defectType } = members[0]!.sample;
  const exposures = members.flatMap(({ image }) => image?.exposure ?? []);
  return {
    phase,
    label,
    defectType,
    images: members.length,
    brightness: summary(exposures.map(({ mean }) => mean)),
    contrast: summary(exposures.map(({ contrast }) => contrast)),
    masks: label === 'normal' ? null : masksOf(members),
  };
}

function masksOf(members: readonly Measured[]): MaskExploration {
  const missing = members.filter(({ sample }) => sample.maskPath === undefined);
  return {
    present: members.length - missing.length,
    missing: missing.map(({ sample }) => sample.id),
    areaShare: summary(members.flatMap(({ maskShare }) => maskShare ?? [])),
  };
}

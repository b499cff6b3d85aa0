/** Images that a study paints for itself. */

import { inputError } from '../core/error.ts';
import type { Category, Sample } from '../data/dataset.ts';
import { GOOD } from '../data/labelledFolders.ts';
import { renderSample } from '../data/synthetic/renderSample.ts';
import { knownCategory } from '../data/synthetic/writeSyntheticDataset.ts';
import { decodeImage } from '../image/decodeImage.ts';
import type { CategoryOutline } from './checkStudy.ts';
import type { StudyConfig } from './config/studyConfig.ts';

type Synthetic = NonNullable<StudyConfig['dataset']['synthetic']>;

/**
 * What will be painted, as far as a split depends on it.
 * @throws FlawmapError (usage) for a category that cannot be painted
 */
export function outlinePainted(
  { train, good, anomalous }: Synthetic,
  categories: readonly string[],
  data: string,
): CategoryOutline[] {
  const several = (count: number, sample: CategoryOutline['samples'][number]) =>
    Array.from({ length: count }, () => sample);
  const samples = [
    ...several(train, { phase: 'train', label: 'normal', defectType: GOOD }),
    ...several(good, { phase: 'test', label: 'normal', defectType: GOOD }),
    ...several(anomalous, { phase: 'test', label: 'anomalous', defectType: 'any' }),
  ];
  return categories.map((name) => ({ name: knownCategory(name), root: data, samples }));
}

/**
 * Images that lie in the run's folder from before must be those that would be painted now: as many,
 * and the first of them pixel by pixel.
 * @throws FlawmapError (input) where they are not
 */
export async function requirePainted(
  categories: readonly Category[],
  { train, good, anomalous, size }: Synthetic,
  seed: number,
): Promise<void> {
  for (const { name, root, train: training, test } of categories) {
    const refuse = (expected: string, found: string) =>
      inputError({
        what: `${root} holds other images than this study paints`,
        expected,
        found,
        remedy: `remove the folder ${root}, or choose another --out`,
      });
    const counts = (...all: readonly number[]) =>
      `${all[0]} training images, ${all[1]} good and ${all[2]} anomalous test images`;
    const normal = test.filter(({ label }) => label === 'normal').length;
    const expected = counts(train, good, anomalous);
    const found = counts(training.length, normal, test.length - normal);
    if (found !== expected) throw refuse(expected, found);
    const category = knownCategory(name);
    const request = { category, seed, size, phase: 'train', defectType: GOOD, index: 0 } as const;
    if (await hasPixels(training[0]!, renderSample(request).image)) continue;
    throw refuse(`images painted at ${size} pixels with seed ${seed}`, 'others');
  }
}

async function hasPixels(
  { path }: Sample,
  { width, height, data }: { width: number; height: number; data: Uint8Array },
): Promise<boolean> {
  const found = await decodeImage(path);
  return found.width === width && found.height === height && Buffer.compare(found.data, data) === 0;
}

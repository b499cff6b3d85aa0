/** Makes what a study is planned from: images, where they are to be painted, and the split. */
import { join } from 'node:path';
import type { RunControl } from '../core/progress.ts';
import type { Category } from '../data/dataset.ts';
import { openCategory } from '../data/openCategory.ts';
import { openSplits } from '../data/splits/openSplits.ts';
import type { Splits } from '../data/splits/split.ts';
import { writeSyntheticDataset } from '../data/synthetic/writeSyntheticDataset.ts';
import type { StudyConfig } from './config/studyConfig.ts';
import { requirePainted } from './paintedData.ts';
import type { StudyInput } from './plan/studyInput.ts';
import type { StudySources } from './studySources.ts';

const CLEAN_SPLITS = 'clean_splits.json';
export const SHIFTED_SPLITS = 'shifted_splits.json';

export interface PreparedStudy {
  readonly input: StudyInput;
  readonly splits: Splits;
  /** Folder of the split files. */
  readonly splitFolder: string;
}

/**
 * @throws FlawmapError for images that cannot be read, the same picture in two parts of the split,
 * and split lists from before that do not fit
 */
export async function prepareStudy(
  config: StudyConfig,
  { backbone, layers, splitFolder, ...sources }: StudySources,
  control: RunControl,
): Promise<PreparedStudy> {
  const categories = sources.categories ?? (await paint(config, sources.data, control));
  const { validation, anomalousValidation } = config.split;
  const shares = { seed: config.seed, validation, anomalousValidation };
  const splits = await openSplits(join(splitFolder, CLEAN_SPLITS), categories, shares, control);
  const byName = new Map(splits.categories.map((split) => [split.category, split]));
  const input = {
    config,
    categories: categories.map(({ name, root }) => ({ name, root, split: byName.get(name)! })),
    backbone,
    layers,
  };
  return { input, splits, splitFolder };
}

async function paint(
  { dataset, seed }: StudyConfig,
  data: string,
  control: RunControl,
): Promise<Category[]> {
  const { categories } = dataset;
  const { size, ...count } = dataset.synthetic!;
  const open = () => Promise.all(categories.map((name) => openCategory(data, name)));
  try {
    await writeSyntheticDataset({ out: data, seed, size, count, categories, ...control });
  } catch (error) {
    // Another run of the same study, in the same folder, may have been first.
    const painted = control.signal?.aborted ? undefined : await open().catch(() => undefined);
    if (painted === undefined) throw error;
    await requirePainted(painted, dataset.synthetic!, seed);
    return painted;
  }
  return open();
}

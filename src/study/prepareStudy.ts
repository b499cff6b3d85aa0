/** Looks at data and backbone before a study starts; whatever is wrong with them is said here. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Backbone } from '../backbone/backbone.ts';
import { openBackbone } from '../backbone/openBackbone.ts';
import type { RunControl } from '../core/progress.ts';
import type { Category } from '../data/dataset.ts';
import { openCategory } from '../data/openCategory.ts';
import { openSplits } from '../data/splits/openSplits.ts';
import type { Splits } from '../data/splits/split.ts';
import { writeSyntheticDataset } from '../data/synthetic/writeSyntheticDataset.ts';
import { checkFileSize, checkGaussiansSize } from '../inspection/checkFit.ts';
import { checkCategories } from './checkStudy.ts';
import type { ReadConfig } from './config/readConfig.ts';
import type { StudyConfig } from './config/studyConfig.ts';
import { buildNetwork } from './network.ts';
import type { StudyInput } from './plan/studyInput.ts';
import { networkOptions } from './plan/studyJob.ts';

export const CLEAN_SPLITS = 'clean_splits.json';
export const SHIFTED_SPLITS = 'shifted_splits.json';

export interface PreparedStudy {
  readonly input: StudyInput;
  readonly splits: Splits;
  /** Folder of the split files. */
  readonly splitFolder: string;
}

/** @param run absolute path of the run's folder */
export async function prepareStudy(
  read: ReadConfig,
  run: string,
  control: RunControl,
): Promise<PreparedStudy> {
  const { config, folder } = read;
  const backbone = await openBackbone(backbonePlace(config, folder));
  const categories = await openData(config, folder, run, control);
  checkCategories(config, categories);
  const splitFolder =
    config.split.folder === null
      ? join(run, 'data', 'processed')
      : resolve(folder, config.split.folder);
  const { validation, anomalousValidation } = config.split;
  const shares = { seed: config.seed, validation, anomalousValidation };
  const splits = await openSplits(join(splitFolder, CLEAN_SPLITS), categories, shares, control);
  const input = studyInput(config, backbonePlace(config, folder), backbone, categories, splits);
  await checkSizes(input, backbone);
  return { input, splits, splitFolder };
}

/** A name of the catalogue, or a file named relative to the configuration. */
function backbonePlace({ backbone: { name } }: StudyConfig, folder: string): string {
  return /\.(onnx|safetensors)$/i.test(name) ? resolve(folder, name) : name;
}

async function openData(
  { dataset, seed }: StudyConfig,
  folder: string,
  run: string,
  control: RunControl,
): Promise<Category[]> {
  const { root, synthetic, categories } = dataset;
  const data = root === null ? join(run, 'data', 'raw') : resolve(folder, root);
  if (synthetic !== null && !existsSync(data)) {
    const { size, ...count } = synthetic;
    await writeSyntheticDataset({ out: data, seed, size, count, categories, ...control });
  }
  const opened: Category[] = [];
  for (const name of categories) opened.push(await openCategory(data, name));
  return opened;
}

function studyInput(
  config: StudyConfig,
  place: string,
  backbone: Backbone,
  categories: readonly Category[],
  splits: Splits,
): StudyInput {
  const byName = new Map(splits.categories.map((split) => [split.category, split]));
  return {
    config,
    categories: categories.map(({ name, root }) => ({ name, root, split: byName.get(name)! })),
    backbone: {
      place,
      name: basename(backbone.name),
      sha256: backbone.sha256,
      seconds: backbone.weightBytes > 1e6 ? 0.05 : 0.02,
    },
    layers: {
      patchcore: config.patchcore.layers ?? backbone.defaultLayers,
      padim: config.padim.layers ?? backbone.layers.slice(0, 3),
    },
  };
}

/** @throws FlawmapError for layers that are not there and for models that would not fit */
async function checkSizes(input: StudyInput, backbone: Backbone): Promise<void> {
  const { config, categories } = input;
  const training = categories.map(({ split }) => split.train.length);
  for (const method of config.experiments.methods) {
    const seeds = config[method].seeds.slice(0, 1);
    const options = networkOptions(input, method);
    const { embeddings } = await buildNetwork(method, options, seeds, input.backbone.place);
    const { dimension, grid } = embeddings[0]!;
    const { weightBytes } = backbone;
    if (method === 'patchcore') {
      const pooled = config.experiments.run.includes('global');
      const images = pooled
        ? training.reduce((sum, count) => sum + count, 0)
        : Math.max(...training);
      checkFileSize(config.patchcore.coreset, { dimension, grid }, { weightBytes }, images);
    } else {
      checkGaussiansSize({ positions: grid[0] * grid[1], dimension, weightBytes });
    }
  }
}

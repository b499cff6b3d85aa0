/** What a study is made from, looked at before anything is written. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Backbone } from '../backbone/backbone.ts';
import { openBackbone } from '../backbone/openBackbone.ts';
import { requireWritable } from '../core/requireWritable.ts';
import type { Category } from '../data/dataset.ts';
import { heldOutCount } from '../data/holdOut.ts';
import { openCategory } from '../data/openCategory.ts';
import type { Embedder } from '../detector/inspector/buildInspector.ts';
import { checkFileSize, checkGaussiansSize } from '../inspection/learn/checkFit.ts';
import { sessionDevice } from '../tensor/session/device.ts';
import { type CategoryOutline, checkCategories, checkSettings } from './checkStudy.ts';
import type { ReadConfig } from './config/readConfig.ts';
import type { StudyConfig } from './config/studyConfig.ts';
import { buildNetwork } from './network.ts';
import { outlinePainted, requirePainted } from './paintedData.ts';
import type { Stage } from './plan/stages.ts';
import type { StudyInput } from './plan/studyInput.ts';
import { networkOptions } from './plan/studyJob.ts';
import { namingSettings } from './settingNames.ts';

export interface StudySources {
  readonly backbone: StudyInput['backbone'];
  readonly layers: StudyInput['layers'];
  /** Folder of the images; absolute, as all paths here. */
  readonly data: string;
  /** Undefined where the images are yet to be painted. */
  readonly categories: readonly Category[] | undefined;
  /** Folder of the split files. */
  readonly splitFolder: string;
}

/**
 * Writes nothing.
 * @param run absolute path of the run's folder
 * @param only the stages asked for
 * @throws FlawmapError for settings that do not go together, a backbone or layers that are not there,
 * models that would not fit, folders that cannot be written to, and data that cannot be studied
 */
export async function openSources(
  read: ReadConfig,
  run: string,
  only: readonly Stage[] | undefined,
): Promise<StudySources> {
  return namingSettings(async () => {
    const { config, folder } = read;
    const { dataset, split } = config;
    checkSettings(config, only);
    await requireWritable(run);
    const splitFolder =
      split.folder === null ? join(run, 'data', 'processed') : resolve(folder, split.folder);
    await requireWritable(splitFolder);
    const place = backbonePlace(config, folder);
    const network = await openBackbone(place);
    const opened = { ...describeBackbone(config, place, network), splitFolder };
    const bank = await checkModels(config, opened, network);

    const data = dataset.root === null ? join(run, 'data', 'raw') : resolve(folder, dataset.root);
    const categories = await openCategories(config, data);
    const outlines =
      categories?.map(outline) ?? outlinePainted(dataset.synthetic!, dataset.categories, data);
    checkCategories(config, outlines);
    if (bank !== undefined) {
      const images = largestTraining(config, outlines);
      checkFileSize(config.patchcore.coreset, bank, network, images);
    }
    return { ...opened, data, categories };
  });
}

/** A name of the catalogue, or a file named relative to the configuration. */
const backbonePlace = ({ backbone: { name } }: StudyConfig, folder: string): string =>
  /\.(onnx|safetensors)$/i.test(name) ? resolve(folder, name) : name;

function describeBackbone(config: StudyConfig, place: string, backbone: Backbone) {
  return {
    backbone: {
      place,
      name: basename(backbone.name),
      sha256: backbone.sha256,
      ...(backbone.revision !== undefined && { revision: backbone.revision }),
      device: sessionDevice(),
      seconds: backbone.weightBytes > 1e6 ? 0.05 : 0.02,
    },
    layers: {
      patchcore: config.patchcore.layers ?? backbone.defaultLayers,
      padim: config.padim.layers ?? backbone.layers.slice(0, 3),
    },
  };
}

async function openCategories(
  { dataset, seed }: StudyConfig,
  data: string,
): Promise<Category[] | undefined> {
  const { synthetic, categories } = dataset;
  if (synthetic !== null && !existsSync(data)) return undefined;
  const opened: Category[] = [];
  for (const name of categories) opened.push(await openCategory(data, name));
  if (synthetic !== null) await requirePainted(opened, synthetic, seed);
  return opened;
}

const outline = ({ name, root, train, test }: Category): CategoryOutline => ({
  name,
  root,
  samples: [...train, ...test],
});

type EmbeddingSize = Pick<Embedder, 'dimension' | 'grid'>;

/**
 * @returns the size of PatchCore's embedding, where it is used
 * @throws FlawmapError for layers that are not there and for Gaussians that would not fit
 */
async function checkModels(
  config: StudyConfig,
  opened: Pick<StudySources, 'backbone' | 'layers'>,
  { weightBytes }: Backbone,
): Promise<EmbeddingSize | undefined> {
  let bank: EmbeddingSize | undefined;
  for (const method of config.experiments.methods) {
    const seeds = config[method].seeds.slice(0, 1);
    const options = networkOptions({ config, categories: [], ...opened }, method);
    const { embeddings } = await buildNetwork(method, options, seeds, opened.backbone.place);
    const { dimension, grid } = embeddings[0]!;
    if (method === 'padim') {
      checkGaussiansSize({ positions: grid[0] * grid[1], dimension, weightBytes });
    } else {
      bank = { dimension, grid };
    }
  }
  return bank;
}

/** Images that the largest bank is drawn from. */
function largestTraining(
  { split, experiments }: StudyConfig,
  categories: readonly CategoryOutline[],
): number {
  const training = categories.map(({ samples }) => {
    const count = samples.filter(({ phase }) => phase === 'train').length;
    return count - heldOutCount(count, split.validation);
  });
  if (!experiments.run.includes('global')) return Math.max(...training);
  return training.reduce((sum, count) => sum + count, 0);
}

/** What a study is planned from, without any file being there. */
import type { SplitImage } from '../../src/data/splits/split.ts';
import { parseConfig } from '../../src/study/config/parseConfig.ts';
import type { StudyInput } from '../../src/study/plan/studyInput.ts';

export interface ImaginedImages {
  readonly train: number;
  readonly val: number;
  readonly good: number;
  readonly flawed: number;
}

const FEW: ImaginedImages = { train: 2, val: 1, good: 1, flawed: 1 };

/** @param settings YAML beside the data set's */
export function studyInput(
  settings = '',
  {
    names = ['nut'],
    count = FEW,
    layers = ['layer1', 'layer2', 'layer3'],
  }: {
    readonly names?: readonly string[];
    readonly count?: ImaginedImages;
    /** PaDiM takes all of them, PatchCore the last two. */
    readonly layers?: readonly string[];
  } = {},
): StudyInput {
  const dataset = `dataset: { root: data, categories: [${names.join(', ')}] }`;
  return {
    config: parseConfig(`${dataset}\n${settings}`, 'test'),
    categories: names.map((name) => ({
      name,
      root: `/data/${name}`,
      split: {
        category: name,
        train: images('train/good', 0, count.train),
        val: images('train/good', count.train, count.val),
        test: [...images('test/good', 0, count.good), ...images('test/cut', 0, count.flawed)],
      },
    })),
    backbone: {
      place: '/weights/resnet.onnx',
      name: 'resnet.onnx',
      sha256: 'b',
      device: 'cpu',
      seconds: 0.05,
    },
    layers: { patchcore: layers.slice(-2), padim: layers },
  };
}

function images(folder: string, first: number, count: number): SplitImage[] {
  const defectType = folder.split('/')[1]!;
  return Array.from({ length: count }, (_, i) => ({
    id: `${folder}/${first + i}.png`,
    sha256: 'a'.repeat(64),
    label: defectType === 'good' ? 'normal' : 'anomalous',
    defectType,
    mask: null,
  }));
}

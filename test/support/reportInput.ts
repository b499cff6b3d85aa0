/**
 * A whole result document for tests of reports: two categories, two methods, two seeds, every
 * experiment, every part of the analysis. See `test/fixtures/report/study.yaml`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { ChapterInput } from '../../src/report/chapters/chapterInput.ts';
import { PICTURES_VERSION, type Picture, type PictureIndex } from '../../src/result/pictures.ts';
import type { StudyResult } from '../../src/result/result.ts';
import { METHODS } from '../../src/result/scenario.ts';

const FILE = join(import.meta.dirname, '..', 'fixtures', 'report', 'result.json.br');

let text: string | undefined;

/** A fresh copy each time, with what a test puts in place of its parts. */
export function reportResult(own: Partial<StudyResult> = {}): StudyResult {
  text ??= brotliDecompressSync(readFileSync(FILE)).toString();
  return { ...(JSON.parse(text) as StudyResult), ...own };
}

/** With pictures of all test images and one training image, clean and shifted, and of crops. */
export function reportInput(own: Partial<StudyResult> = {}): ChapterInput {
  const result = reportResult(own);
  return { result, pictures: reportPictures(result) };
}

/** Without pictures. */
export const NO_PICTURES: PictureIndex = {
  schemaVersion: PICTURES_VERSION,
  pictures: [],
  scales: [],
  crops: [],
  leftOut: {},
};

export function reportPictures({ experiments, categories, analysis }: StudyResult): PictureIndex {
  const pictures = (['clean', 'shifted'] as const).flatMap((condition) =>
    categories.flatMap(({ name }) => [
      picture(name, condition, 'train', 'train/good/000.png', 'normal', 'good'),
      ...(experiments.clean?.find(({ category }) => category === name)?.images ?? []).map(
        ({ id, label, defectType }) => picture(name, condition, 'test', id, label, defectType),
      ),
    ]),
  );
  const scales = categories.flatMap(({ name }) =>
    METHODS.map((method) => ({ category: name, method, low: 1, high: 9, threshold: 5 })),
  );
  const crops = (analysis.interpretability ?? []).flatMap(({ category, method, explanations }) =>
    explanations.data
      .flatMap(({ patch, nearest }) => [patch, nearest ?? []].flat())
      .map(({ image, crop }, i) => ({
        ...{ category, method, image, box: crop },
        file: `pictures/${category}/crops/${method}-${i}.png`,
      })),
  );
  return { ...NO_PICTURES, pictures, scales, crops };
}

function picture(
  category: string,
  condition: Picture['condition'],
  split: Picture['split'],
  id: string,
  label: Picture['label'],
  defectType: string,
): Picture {
  const file = (kind: string) =>
    `pictures/${category}/${condition}/${kind}/${id.replaceAll('/', '-')}`;
  const test = split === 'test';
  return {
    ...{ category, condition, split, id, label, defectType, width: 256, height: 256 },
    image: file('image'),
    mask: label === 'anomalous' ? file('mask') : null,
    maps: test ? METHODS.map((method) => ({ method, file: file(method) })) : [],
  };
}

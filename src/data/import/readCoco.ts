/**
 * COCO annotations (Lin et al., ECCV 2014): JSON files with images, categories, and polygons or run
 * lengths for each annotation. Listed images without annotation are normal. The file's name says
 * whether its images are to learn from (`train`) or to test on (`val`, `test`).
 */
import { basename, dirname, join } from 'node:path';
import { isImageFile } from '../../image/imageFormat.ts';
import { GOOD } from '../labelledFolders.ts';
import {
  type CocoFile,
  type CocoSegmentation,
  drawSegmentations,
  readCocoFile,
} from './cocoFile.ts';
import { groupBy } from './groupBy.ts';
import type { FoundImage, FoundMask, ImportReader } from './importFormat.ts';
import { defectTypeOf, isNormalName } from './labelNames.ts';
import type { Remark } from './remarks.ts';
import { filesBelow, pathInside } from './sourceFiles.ts';

export const cocoReader: ImportReader = {
  expects: 'a JSON file with images, annotations and categories, there or in annotations/',
  async recognise(root) {
    const files = await filesBelow(root);
    for (const file of jsonFiles(files)) {
      // What is wrong in one is told when it is read.
      const isCoco = await readCocoFile(join(root, file)).catch(() => true);
      if (isCoco) return `${file} has images, annotations and categories`;
    }
    return undefined;
  },
  async read(root) {
    const files = await filesBelow(root);
    const present = new Set(files);
    const used = new Set<string>();
    const images: FoundImage[] = [];
    const remarks: Remark[] = [];
    for (const file of jsonFiles(files)) {
      const coco = await readCocoFile(join(root, file));
      if (coco === undefined) continue;
      for (const found of describeImages(coco, file, root)) {
        const place = found.places.find((candidate) => present.has(candidate));
        if (place === undefined) {
          const missing = `${join(root, file)}: ${found.name}`;
          remarks.push({ kind: 'annotation-without-image', file: missing });
          continue;
        }
        if (used.has(place)) continue;
        used.add(place);
        images.push({ ...found.image, path: join(root, place) });
      }
    }
    for (const file of files.filter((name) => isImageFile(name) && !used.has(name))) {
      remarks.push({ kind: 'image-without-annotation', file: join(root, file) });
    }
    return { images, remarks };
  },
};

const jsonFiles = (files: readonly string[]) =>
  files.filter((name) => name.toLowerCase().endsWith('.json'));

interface DescribedImage {
  readonly name: string;
  /** Where it may be, relative to the root. */
  readonly places: readonly string[];
  readonly image: Omit<FoundImage, 'path'>;
}

function* describeImages(coco: CocoFile, file: string, root: string): Generator<DescribedImage> {
  const json = join(root, file);
  const names = new Map(coco.categories.map(({ id, name }) => [String(id), name]));
  const byImage = groupBy(coco.annotations, ({ image_id }) => String(image_id));
  const part = basename(file, '.json').replace(/^(instances|annotations?)[_-]?/i, '');
  const isTraining = /train/i.test(file);
  const isTest = !isTraining && /val|test/i.test(file);
  for (const { id, file_name: name, width, height } of coco.images) {
    // Refuses a name that leads out of the folder, before anything is looked for.
    const inside = pathInside(root, name, json)
      .slice(root.length + 1)
      .replaceAll('\\', '/');
    const folders = [
      '',
      dirname(file),
      'images',
      part,
      `images/${part}`,
      `${dirname(file)}/images`,
    ];
    const defects = (byImage.get(String(id)) ?? []).flatMap(
      ({ category_id, segmentation, bbox }) => {
        const type = names.get(String(category_id)) ?? String(category_id);
        return isNormalName(type) ? [] : [{ type, shape: shapeOf(segmentation, bbox) }];
      },
    );
    const shapes = defects.flatMap(({ shape }) => (shape === undefined ? [] : [shape]));
    const mask: FoundMask = {
      source: json,
      statedSize: { width, height },
      read: async (size) => drawSegmentations(shapes, size, json),
    };
    const isDefective = defects.length > 0;
    yield {
      name,
      places: folders.map((folder) => join(folder, inside)),
      image: {
        category: basename(root),
        // Defects cannot be learnt from: of whatever part, they are there to test on.
        phase: isDefective || isTest ? 'test' : isTraining ? 'train' : undefined,
        defectType: isDefective ? defectTypeOf(defects.map(({ type }) => type)) : GOOD,
        stem: inside.replace(/\.[^.]+$/, ''),
        ...(shapes.length > 0 && { mask }),
      },
    };
  }
}

/** The outline; where there is none the bounding box, which is the best that is known. */
function shapeOf(
  segmentation: CocoSegmentation | undefined,
  bbox: readonly number[] | undefined,
): CocoSegmentation | undefined {
  const isEmpty =
    segmentation === undefined || (Array.isArray(segmentation) && segmentation.length === 0);
  if (!isEmpty) return segmentation;
  if (bbox === undefined) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = bbox;
  return [[x, y, x + width, y, x + width, y + height, x, y + height]];
}

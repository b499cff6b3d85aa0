/**
 * labelme: a JSON file for each image, beside it or in a folder of its own, with labelled shapes:
 * polygon, rectangle and circle. A JSON file without shapes says that its image is normal.
 */
import { basename, dirname, join, posix } from 'node:path';
import { z } from 'zod';
import { inputError } from '../../core/error.ts';
import { isImageFile } from '../../image/imageFormat.ts';
import { GOOD } from '../labelledFolders.ts';
import { drawShapes, type Point, rectangle, type Shape } from './drawShapes.ts';
import type { FoundImage, ImportReader } from './importFormat.ts';
import { defectTypeOf, isNormalName } from './labelNames.ts';
import { readSourceText } from './readSourceText.ts';
import type { Remark } from './remarks.ts';
import { filesBelow, pathFrom } from './sourceFiles.ts';

const point = z.tuple([z.number(), z.number()]);
const shape = z.object({
  label: z.string(),
  points: z.array(point),
  shape_type: z.string().default('polygon'),
});
const labelmeSchema = z.object({
  shapes: z.array(shape),
  imagePath: z.string(),
  imageWidth: z.int().positive().nullish(),
  imageHeight: z.int().positive().nullish(),
});
type Labelme = z.infer<typeof labelmeSchema>;

export const labelmeReader: ImportReader = {
  expects: 'a JSON file with shapes and imagePath for each image',
  async recognise(root) {
    for (const file of (await filesBelow(root)).filter(isJson)) {
      const isLabelme = await readLabelme(join(root, file)).catch(() => true);
      if (isLabelme) return `${file} has shapes and imagePath`;
    }
    return undefined;
  },
  async read(root, { onProgress, signal }) {
    const files = await filesBelow(root);
    const photographs = new Set(files.filter(isImageFile));
    const images: FoundImage[] = [];
    const remarks: Remark[] = [];
    const annotations = files.filter(isJson);
    for (const [done, file] of annotations.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ step: 'reading annotations', done, total: annotations.length });
      const json = join(root, file);
      const labelme = await readLabelme(json);
      if (labelme === undefined) continue;
      const named = pathFrom(dirname(json), root, labelme.imagePath, json)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      const place = photographs.has(named) ? named : beside(file, photographs);
      if (place === undefined) {
        remarks.push({ kind: 'annotation-without-image', file: json });
        continue;
      }
      photographs.delete(place);
      const described = describeImage(labelme, json);
      if (described.unknown > 0) remarks.push({ kind: 'unknown-shape', file: json });
      images.push({ ...placed(root, place), ...described.image });
    }
    for (const place of photographs) {
      const isNormal = isNormalName(basename(dirname(place)));
      if (isNormal) images.push({ ...placed(root, place), phase: undefined, defectType: GOOD });
      else remarks.push({ kind: 'image-without-annotation', file: join(root, place) });
    }
    return { images, remarks };
  },
};

const placed = (root: string, place: string) => ({
  path: join(root, place),
  category: basename(root),
  stem: place.replace(/\.[^.]+$/, ''),
});

const isJson = (file: string): boolean => file.toLowerCase().endsWith('.json');

/** The image of the annotation's own name beside it: what `imagePath` says may be long moved. */
const beside = (file: string, photographs: ReadonlySet<string>): string | undefined => {
  const stem = file.slice(0, file.length - posix.extname(file).length);
  return [...photographs].find((name) => name.replace(/\.[^.]+$/, '') === stem);
};

/** Undefined for what does not parse, or JSON of something else. */
async function readLabelme(path: string): Promise<Labelme | undefined> {
  let document: unknown;
  try {
    document = JSON.parse(await readSourceText(path));
  } catch {
    return undefined;
  }
  if (typeof document !== 'object' || document === null) return undefined;
  if (!('shapes' in document) || !('imagePath' in document)) return undefined;
  const parsed = labelmeSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw inputError({
    what: `${path} is not a labelme file this version of flawmap can read`,
    expected: 'shapes with label, points and shape_type',
    found: `${issue?.path.join('.')}: ${issue?.message}`,
    remedy: 'open it in labelme and save it again',
  });
}

function describeImage({ shapes, imageWidth, imageHeight }: Labelme, source: string) {
  const defects = shapes.filter(({ label }) => !isNormalName(label));
  const drawn = defects.map(outline).filter((one) => one !== undefined);
  const known = imageWidth != null && imageHeight != null;
  const image: Pick<FoundImage, 'phase' | 'defectType' | 'mask'> = {
    phase: defects.length > 0 ? 'test' : undefined,
    defectType: defects.length > 0 ? defectTypeOf(defects.map(({ label }) => label)) : GOOD,
    ...(drawn.length > 0 && {
      mask: {
        source,
        ...(known && { statedSize: { width: imageWidth, height: imageHeight } }),
        read: async (size) => drawShapes(drawn, size),
      },
    }),
  };
  return { image, unknown: defects.length - drawn.length };
}

/** Undefined for shapes without area: line, linestrip, point. */
function outline({ points, shape_type }: z.infer<typeof shape>): Shape | undefined {
  const first: Point | undefined = points[0];
  const second: Point | undefined = points[1];
  if (shape_type === 'polygon' && points.length >= 3) return { kind: 'polygon', points };
  if (first === undefined || second === undefined) return undefined;
  if (shape_type === 'rectangle') return rectangle(first, second);
  if (shape_type !== 'circle') return undefined;
  const radius = Math.hypot(second[0] - first[0], second[1] - first[1]);
  return { kind: 'circle', centre: first, radius };
}

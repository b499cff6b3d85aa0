/** A category's images by folder: as explored, or else as the split counts them. */
import type { ExploredCategory } from '../../../result/exploration.ts';
import type { ResultCategory } from '../../../result/result.ts';

export interface ImageClass {
  readonly phase: 'train' | 'test';
  readonly label: 'normal' | 'anomalous';
  readonly defectType: string;
  readonly images: number;
}

export interface CategoryImages {
  readonly name: string;
  /** Train before test, good before defective. */
  readonly classes: readonly ImageClass[];
  readonly defectTypes: readonly string[];
  /** Null where the stage was not asked for. */
  readonly explored: ExploredCategory | null;
}

/** `good` is the defect type of normal images. */
const GOOD = 'good';

export function categoryImages({ name, exploration, split }: ResultCategory): CategoryImages {
  const explored = exploration?.categories[0] ?? null;
  const classes = explored === null ? classesOfSplit(split) : explored.classes;
  const defective = classes.filter(({ label }) => label === 'anomalous');
  const defectTypes = [...new Set(defective.map(({ defectType }) => defectType))];
  return { name, classes, defectTypes, explored };
}

/** Good validation images come from the folder of training images, defective ones from the others. */
function classesOfSplit(split: ResultCategory['split']): ImageClass[] {
  const count = (part: string, type: string) => split[part]?.[type] ?? 0;
  const types = new Set(Object.values(split).flatMap((counts) => Object.keys(counts)));
  types.delete(GOOD);
  const all: ImageClass[] = [
    {
      phase: 'train',
      label: 'normal',
      defectType: GOOD,
      images: count('train', GOOD) + count('val', GOOD),
    },
    { phase: 'test', label: 'normal', defectType: GOOD, images: count('test', GOOD) },
    ...[...types].map((type) => ({
      phase: 'test' as const,
      label: 'anomalous' as const,
      defectType: type,
      images: count('val', type) + count('test', type),
    })),
  ];
  return all.filter(({ images }) => images > 0);
}

export const imagesOf = (
  { classes }: CategoryImages,
  wanted: Partial<Pick<ImageClass, 'phase' | 'label'>> = {},
): number =>
  classes
    .filter(
      ({ phase, label }) => phase === (wanted.phase ?? phase) && label === (wanted.label ?? label),
    )
    .reduce((sum, { images }) => sum + images, 0);

/** `train good`, `crack`: what charts call the images of a folder. */
export const classTitle = ({ phase, label, defectType }: ImageClass): string =>
  label === 'normal' ? `${phase} ${defectType}` : defectType;

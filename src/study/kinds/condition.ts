/** A job's images where its condition has them. */
import type { Sample } from '../../data/dataset.ts';
import type { JobContext } from '../../pipeline/kind.ts';
import { samplesOf } from '../images.ts';
import type { ImagesOptions, JobPlaces } from './jobOptions.ts';

export function conditionSamples({
  options,
  local,
  inputs,
}: Pick<JobContext<ImagesOptions>, 'options' | 'local' | 'inputs'>): Promise<Sample[]> {
  const { category, images, condition } = options;
  return samplesOf(
    category,
    images,
    condition === null
      ? { kind: 'clean', root: placesOf({ local }).roots[category]! }
      : { kind: 'shifted', folder: inputs[condition]! },
  );
}

export const placesOf = ({ local }: Pick<JobContext, 'local'>) => local as unknown as JobPlaces;

export const backboneOf = (context: Pick<JobContext, 'local'>): string =>
  placesOf(context).backbone;

/** Where the features of a job's images were kept. */
export const featureFolders = ({
  local,
  inputs,
}: Pick<JobContext, 'local' | 'inputs'>): readonly string[] =>
  placesOf({ local }).features!.map((job) => inputs[job]!);

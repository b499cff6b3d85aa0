/** Jobs that may be done on other machines: with all that these must be told and given. */
import { basename, dirname, join } from 'node:path';
import { backboneFolder, findBackbone } from '../../backbone/backboneFile.ts';
import type { FileInput, Job, Json } from '../../pipeline/job.ts';
import type { Device } from '../../tensor/session/device.ts';
import type { JobPlaces } from '../kinds/jobOptions.ts';
import { resourcesOf } from './jobResources.ts';
import type { StudyInput } from './studyInput.ts';

/** No category has this name: folders with an `@` are none of a data set that MVTec's layout has. */
const WEIGHTS = '@weights';

/** Their keys are the same. */
export async function movableJobs(jobs: readonly Job[], input: StudyInput): Promise<Job[]> {
  const weights = await weightsOf(input);
  const folders = {
    ...Object.fromEntries(input.categories.map(({ name, root }) => [name, root])),
    ...(weights !== undefined && { [WEIGHTS]: weights.folder }),
  };
  const place = weights?.place ?? input.backbone.place;
  return jobs.map((job) => {
    const reads = [...cropped(job, input), ...(weights === undefined ? [] : [weights.file])];
    const local = { ...(job.local as unknown as JobPlaces), backbone: place };
    return {
      ...job,
      local: local as unknown as Json,
      folders,
      reads,
      resources: { ...resourcesOf(job.kind), ...deviceOf(input.backbone.device) },
    };
  });
}

const deviceOf = (device: Device) => (device === 'cpu' ? {} : { device });

/** Undefined for a backbone that is built in. */
async function weightsOf({ backbone }: StudyInput): Promise<
  | {
      readonly folder: string;
      readonly file: FileInput;
      /** What it is opened with. */
      readonly place: string;
    }
  | undefined
> {
  const { entry, file } = await findBackbone(backbone.place);
  if (file === undefined) return undefined;
  return {
    folder: dirname(file.path),
    file: { name: `${WEIGHTS}/${basename(file.path)}`, sha256: file.sha256 },
    place: entry === undefined ? file.path : join(backboneFolder(), entry.name),
  };
}

/** What crops are cut from follows from their needs, so their files are not in their keys. */
function cropped({ kind, options }: Job, { categories }: StudyInput): readonly FileInput[] {
  if (kind !== 'crops') return [];
  const { category } = options as unknown as { readonly category: string };
  const { split } = categories.find(({ name }) => name === category)!;
  return [...split.train, ...split.test].map(({ id, sha256 }) => ({
    name: `${category}/${id}`,
    sha256,
  }));
}

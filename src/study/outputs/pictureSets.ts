/** The pictures that jobs have left: of each category and condition, photographs and their maps. */
import type { PictureCondition } from '../../result/pictures.ts';
import type { Method } from '../../result/scenario.ts';
import { type ReadPicture, readPack } from '../artifacts/picturePack.ts';
import { readMaps, type Scale } from '../kinds/pictures/maps.ts';
import { type Photograph, readPhotographs } from '../kinds/pictures/photographs.ts';
import type { MapsOptions, PhotographsOptions } from '../kinds/pictures/picturesOptions.ts';
import type { Computed } from './computed.ts';

export interface PictureSet {
  readonly category: string;
  readonly condition: PictureCondition;
  readonly photographs: readonly Photograph[];
  readonly read: ReadPicture;
  readonly maps: readonly MapSet[];
}

/** One method's maps of a set. */
interface MapSet {
  readonly method: Method;
  readonly scale: Scale;
  /** Of an image; undefined where none was drawn. */
  readonly mapOf: (id: string) => Uint8Array | undefined;
}

export function pictureSets(computed: readonly Computed[]): Promise<PictureSet[]> {
  const found = computed.filter(({ job }) => job.kind === 'photographs');
  return Promise.all(
    found.map(async ({ job, artifact: { folder } }) => {
      const { category, condition } = job.options as unknown as PhotographsOptions;
      const maps = computed.filter(
        (other) =>
          other.job.kind === 'maps' &&
          (other.job.options as unknown as MapsOptions).photographs === job.id,
      );
      return {
        category,
        condition: condition === null ? ('clean' as const) : ('shifted' as const),
        photographs: await readPhotographs(folder),
        read: await readPack(folder),
        maps: await Promise.all(maps.map(openMaps)),
      };
    }),
  );
}

async function openMaps({ job, artifact: { folder } }: Computed): Promise<MapSet> {
  const read = await readPack(folder);
  const { scale, maps } = await readMaps(folder);
  const slices = new Map(maps.map(({ id, map }) => [id, map]));
  const { method } = job.options as unknown as MapsOptions;
  return {
    method,
    scale,
    mapOf: (id) => {
      const slice = slices.get(id);
      return slice && read(slice);
    },
  };
}

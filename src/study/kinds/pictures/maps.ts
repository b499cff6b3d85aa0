/** `maps`: anomaly maps in colours, as small as what they tell. */
import { join } from 'node:path';
import { conformalThreshold } from '../../../calibration/conformalThreshold.ts';
import { DEFAULT_MAP } from '../../../detector/anomalyMap.ts';
import { mapOnImage } from '../../../detector/mapGeometry.ts';
import { type MapMaker, openMapMaker } from '../../../detector/mapMaker.ts';
import { encodeWebp } from '../../../image/encodeImage.ts';
import { heatColour } from '../../../image/heatColour.ts';
import type { FloatMap, RgbImage } from '../../../image/image.ts';
import type { JobContext, Kind } from '../../../pipeline/kind.ts';
import type { ColourScale } from '../../../result/pictures.ts';
import { readJson, writeJson } from '../../artifacts/binaryFile.ts';
import { createPack, type Slice } from '../../artifacts/picturePack.ts';
import { readDistances, readScores } from '../../artifacts/scores.ts';
import { type Photograph, readPhotographs } from './photographs.ts';
import type { MapsOptions } from './picturesOptions.ts';

/** Longest side in pixels: maps are blurred, and the patch grid has 28 to 56 cells. */
const EDGE = 64;
const QUALITY = 80;

export type Scale = Pick<ColourScale, 'low' | 'high' | 'threshold'>;

export interface MapsDocument {
  readonly scale: Scale;
  readonly maps: readonly { readonly id: string; readonly map: Slice }[];
}

const MAPS = 'maps.json';

export const readMaps = (folder: string): Promise<MapsDocument> => readJson(join(folder, MAPS));

export const mapsKind: Kind = {
  name: 'maps',
  version: 1,
  async run({ options, inputs, folder, control }: JobContext<MapsOptions>) {
    const { preprocessing, seed } = options;
    const photographs = await readPhotographs(inputs[options.photographs]!);
    const test = photographs.filter(({ part }) => part === 'test');
    const distancesOf = await openDistances(inputs[options.scores]!, seed);
    const cleanDistancesOf = await openDistances(inputs[options.clean]!, seed);
    const size = preprocessing.crop;
    await using maker = await openMapMaker(distancesOf.grid, [size, size], DEFAULT_MAP);
    const scale = await colourScale(options.normal.map(cleanDistancesOf.read), maker, options.fpr);

    const pack = createPack();
    const maps: MapsDocument['maps'][number][] = [];
    for (const [done, photograph] of test.entries()) {
      control.signal?.throwIfAborted();
      control.onProgress?.({ step: 'drawing anomaly maps', done, total: test.length });
      const data = await maker.map(distancesOf.read(photograph.id));
      const map = { width: size, height: size, data };
      const [width, height] = mapSize(photograph);
      const picture = coloured(mapOnImage(map, width, height, preprocessing), scale);
      maps.push({ id: photograph.id, map: pack.add(await encodeWebp(picture, QUALITY)) });
    }
    await pack.write(folder);
    const document: MapsDocument = { scale, maps };
    await writeJson(join(folder, MAPS), document);
  },
};

/** The patch distances of one seed's model, by image. */
async function openDistances(folder: string, seed: number) {
  const { grid, images } = await readScores(folder);
  const distances = await readDistances(folder, seed);
  const patches = grid[0] * grid[1];
  const places = new Map(images.map(({ id }, place) => [id, place]));
  return {
    grid,
    read: (id: string): Float32Array => {
      const place = places.get(id)!;
      return distances.subarray(place * patches, (place + 1) * patches);
    },
  };
}

/**
 * From the median patch distance of normal images to as far above the pixel threshold as that is
 * above the median: what the model takes for normal is in the darker half of the colours, the rest
 * in the lighter half, and no test image has a say.
 * @param normal patch distances of normal validation images
 */
export async function colourScale(
  normal: readonly Float32Array[],
  maker: Pick<MapMaker, 'maxima'>,
  fpr: number,
): Promise<Scale> {
  const all = Float32Array.from(normal.flatMap((distances) => [...distances])).sort();
  const low = all[Math.floor(all.length / 2)]!;
  const maxima: number[] = [];
  for (const distances of normal) maxima.push((await maker.maxima(distances))[0]!);
  const { threshold } = conformalThreshold(maxima, fpr, 'maximum');
  return { low, high: Math.max(2 * threshold - low, low), threshold };
}

/** Of the photograph's shape. */
function mapSize({ width, height }: Photograph): [number, number] {
  const scale = EDGE / Math.max(width, height);
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return [scaled(width), scaled(height)];
}

export function coloured({ width, height, data }: FloatMap, { low, high }: Scale): RgbImage {
  const colours = new Uint8Array(data.length * 3);
  // Where all normal distances are equal, everything beyond them is hot.
  const span = Math.max(high - low, Number.MIN_VALUE);
  for (const [pixel, value] of data.entries()) {
    colours.set(heatColour((value - low) / span), 3 * pixel);
  }
  return { width, height, data: colours };
}

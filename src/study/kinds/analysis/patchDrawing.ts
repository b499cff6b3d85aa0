/** Collects the patches of a picture, image by image, and draws it. */
import type { RunControl } from '../../../core/progress.ts';
import type { Random } from '../../../core/random.ts';
import type { InterpretabilityResult } from '../../../result/analysis/interpretability.ts';
import { choosePatches, chooseRows } from '../../analysis/interpretability/choosePatches.ts';
import { type DrawnPatch, embeddingMap } from '../../analysis/interpretability/embeddingMap.ts';
import { embeddingSentence } from '../../analysis/interpretability/embeddingSentence.ts';
import { patchPictures } from '../../analysis/interpretability/patchPictures.ts';
import type { ImageRef } from '../../images.ts';
import type { StoredBank } from '../bank.ts';
import type { InterpretabilityOptions } from './interpretabilityOptions.ts';

export interface PatchDrawing {
  /** @param embedding float32 [patches * dimension], of each image that is drawn from; others are ignored */
  take(image: string, embedding: Float32Array): void;
  /** @returns the reason where there is nothing to draw */
  draw(control: RunControl): Promise<NonNullable<InterpretabilityResult['embedding']> | string>;
}

/**
 * @param images to draw from
 * @param defective patches of those that have a mask, by id
 */
export function createPatchDrawing(
  { bank, standardisation }: StoredBank,
  images: readonly ImageRef[],
  defective: ReadonlyMap<string, Uint8Array>,
  grid: readonly [number, number],
  { training, settings }: Pick<InterpretabilityOptions, 'training' | 'settings'>,
  random: Random,
): PatchDrawing {
  const { dimension, sourceImage, sourcePatch } = bank;
  const rows = chooseRows(bank.rowCount, settings.points, random);
  const known = images.map(({ id, label }) => ({ label, defective: defective.get(id) ?? null }));
  const chosen = choosePatches(known, grid[0] * grid[1], settings.points, random);
  const patches: DrawnPatch[] = [
    ...Array.from(rows, (row) => ({
      kind: 'bank' as const,
      image: training[sourceImage[row]!]!,
      patch: sourcePatch[row]!,
    })),
    ...chosen.map(({ kind, image, patch }) => ({ kind, image: images[image]!.id, patch })),
  ];
  const values = new Float32Array(patches.length * dimension);
  const keep = (place: number, from: Float32Array, row: number) => {
    for (let i = 0; i < dimension; i++) {
      const value = from[row * dimension + i]!;
      values[place * dimension + i] = value / (standardisation?.deviation[i] ?? 1);
    }
  };
  for (const [place, row] of rows.entries()) keep(place, bank.rows, row);
  return {
    take(image, embedding) {
      for (let place = rows.length; place < patches.length; place++) {
        const own = patches[place]!;
        if (own.image === image) keep(place, embedding, own.patch);
      }
    },
    async draw(control) {
      const kinds = patches.map(({ kind }) => kind);
      const set = { rows: values, dimension, kinds };
      const pictures = await patchPictures(set, settings, random.fork('pictures'), control);
      if (typeof pictures === 'string') return pictures;
      const data = embeddingMap(patches, dimension, pictures);
      return {
        title: 'Patches as the detector sees them',
        sentence: embeddingSentence(data),
        data,
      };
    },
  };
}

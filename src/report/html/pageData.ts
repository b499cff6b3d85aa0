/** What the page hands to its client script. */

import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { PictureCondition } from '../../result/pictures.ts';
import type { GalleryItem, ScoreSet } from '../report.ts';

/** Scores of one model on one category's test images. */
export interface ExploredSet {
  readonly category: string;
  readonly method: string;
  readonly scenario: string;
  readonly seed: number;
  /** From the smallest. */
  readonly normal: readonly number[];
  readonly anomalous: readonly number[];
  readonly marks: readonly { readonly label: string; readonly threshold: number }[];
}

/** Numbers of pictures are those of the page's store. */
export interface GalleryPicture {
  readonly category: string;
  readonly condition: PictureCondition;
  readonly id: string;
  readonly anomalous: boolean;
  readonly defectType: string;
  /** Of the photograph, in pixels: the shape of all its pictures. */
  readonly width: number;
  readonly height: number;
  readonly image: number;
  readonly mask: number | null;
  readonly judgements: readonly GalleryJudgement[];
}

export interface GalleryJudgement {
  readonly method: string;
  readonly score: number;
  readonly threshold: number;
  readonly outcome: 'tp' | 'fp' | 'tn' | 'fn';
  readonly map: number | null;
}

export function exploredSets(sets: readonly ScoreSet[]): readonly ExploredSet[] {
  return sets.map(({ scores, method, ...set }) => {
    const sorted = (anomalous: boolean) =>
      scores
        .filter((image) => image.anomalous === anomalous)
        .map(({ score }) => score)
        .sort((a, b) => a - b);
    return { ...set, method: methodTitle(method), normal: sorted(false), anomalous: sorted(true) };
  });
}

/** @param keep as the page's picture store */
export function galleryPictures(
  items: readonly GalleryItem[],
  keep: (file: string) => number,
): readonly GalleryPicture[] {
  return items.map(({ picture, judgements }) => ({
    category: picture.category,
    condition: picture.condition,
    id: picture.id,
    anomalous: picture.label === 'anomalous',
    defectType: picture.defectType,
    width: picture.width,
    height: picture.height,
    image: keep(picture.image),
    mask: picture.mask === null ? null : keep(picture.mask),
    judgements: judgements.map(({ method, ...judgement }) => {
      const title = methodTitle(method);
      const map = picture.maps.find((other) => methodTitle(other.method) === title);
      return {
        ...judgement,
        method: title,
        map: map === undefined ? null : keep(map.file),
      };
    }),
  }));
}

const methodTitle = (method: string): string =>
  (METHOD_TITLES as Readonly<Record<string, string>>)[method] ?? method;

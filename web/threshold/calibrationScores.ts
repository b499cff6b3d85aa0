/** The scores that rates are estimated from. */
import type { InspectorMetadata } from '../../src/browser/browser.ts';
import { inspectedOf, type Label, type Photo } from '../state/photo.ts';

export interface CalibrationScores {
  /** Of good images held out when the model was fitted. */
  readonly normal: readonly number[];
  /** Good images that were set aside: they count as above any threshold. */
  readonly setAside: number;
  /** Of labelled flawed images: those of the model, then those labelled here. */
  readonly anomalous: readonly number[];
  /** How many of these were labelled here. */
  readonly labelledHere: number;
}

/**
 * Good photographs labelled here do not count: people label what the model got wrong, and false
 * alarms would make it look worse than it is. Flawed ones do, as often there are no others; the page
 * says what that rests on.
 */
export function calibrationScores(
  { calibration }: InspectorMetadata,
  photos: readonly Photo[],
): CalibrationScores {
  const of = (label: Label) =>
    calibration.images.filter((image) => image.label === label).map(({ score }) => score);
  const known = of('anomalous');
  const here = photos.flatMap((photo) => {
    const inspected = photo.label === 'anomalous' ? inspectedOf(photo) : undefined;
    return inspected === undefined || inspected.verdict === 'not judged' ? [] : [inspected.score];
  });
  const conformal =
    calibration.image.rule === 'f1-optimal' ? calibration.image.conformal : calibration.image;
  return {
    normal: of('normal'),
    setAside: conformal.setAside ?? 0,
    anomalous: [...known, ...here],
    labelledHere: here.length,
  };
}

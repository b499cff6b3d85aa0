/** A photograph, and where the old and the new model see flaws in it. */
import type { Sample } from '../../data/dataset.ts';
import type { Inspection } from '../../detector/inspector/inspector.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { mapOnImage } from '../../detector/mapGeometry.ts';
import { contactSheet } from '../../image/contactSheet.ts';
import type { RgbImage } from '../../image/image.ts';
import { overlay } from '../../image/overlay.ts';

const EDGE = 320;

interface Side extends Inspection {
  readonly of: InspectorMetadata;
}

export function sideBySide(
  image: RgbImage,
  { id, label }: Pick<Sample, 'id' | 'label'>,
  sides: { readonly old: Side; readonly new: Side },
): RgbImage {
  const tile = (name: string, { map, score, of: { calibration, preprocessing } }: Side) => {
    const { threshold } = calibration.image;
    const enlarged = mapOnImage(map, image.width, image.height, preprocessing);
    const verdict = score > threshold ? 'anomalous' : 'normal';
    return {
      image: overlay(image, enlarged, { pixelThreshold: calibration.pixel.threshold }),
      caption: [`${name}: ${verdict}`, `${score.toPrecision(4)} / ${threshold.toPrecision(4)}`],
    };
  };
  const tiles = [
    { image, caption: [`is ${label}`, id.replace(/[^ -~]/g, '?')] },
    tile('old', sides.old),
    tile('new', sides.new),
  ];
  return contactSheet(tiles, { columns: tiles.length, tileEdge: EDGE });
}

/** A place of the photograph beside the normal patch that it is nearest to. */
import { useMemo } from 'preact/hooks';
import { createFindNearest } from '../../src/browser/browser.ts';
import type { Box } from '../../src/core/box.ts';
import { score as told } from '../parts/numbers.ts';
import type { Photo } from '../state/photo.ts';
import { type Patch, patchBox } from '../view/patchGrid.ts';
import type { InspectedPhoto, OpenedModel } from '../worker/protocol.ts';
import { type Share, windowAround } from './windowAround.ts';

export interface NearestPanelProps {
  readonly opened: OpenedModel;
  readonly photo: Photo;
  readonly inspected: InspectedPhoto;
  /** Of the photograph, what the model sees. */
  readonly part: Box;
  /** Undefined with a model that keeps no patches. */
  readonly patch: Patch | undefined;
  readonly onWorst: () => void;
}

export function NearestPanel(props: NearestPanelProps) {
  const { opened, photo, inspected, part, patch, onWorst } = props;
  const { metadata, thumbnails } = opened;
  const find = useMemo(() => createFindNearest(metadata), [metadata]);
  const { nearest: rows } = inspected;
  if (find === undefined || rows === undefined || patch === undefined) {
    return (
      <section class="panel nearest" aria-labelledby="nearest-title">
        <h2 id="nearest-title">Nearest normal patch</h2>
        <p class="faint">{whyNone(metadata)}</p>
      </section>
    );
  }
  const { grid } = metadata.embedding;
  const found = find(rows, patch.column, patch.row);
  const { width, height } = inspected;
  const here = patchBox(patch, part, grid);
  // Of the training photograph its size is not known; shares of it are, framed alike.
  const there = patchBox(found, part, grid);
  const thumbnail = thumbnails[found.image];
  return (
    <section class="panel nearest" aria-labelledby="nearest-title">
      <h2 id="nearest-title">Nearest normal patch</h2>
      <div class="pair">
        <Crop
          title="Here"
          source={photo.address}
          box={shareOf(here, width, height)}
          ratio={width / height}
        />
        {thumbnail ? (
          <Crop
            title="Normal"
            source={`data:image/jpeg;base64,${thumbnail}`}
            box={shareOf(there, width, height)}
            ratio={width / height}
          />
        ) : (
          <p class="faint no-thumbnail">The model holds no picture of it.</p>
        )}
      </div>
      <p>
        Distance <strong>{told(found.distance)}</strong> to a patch of <bdi>{found.id}</bdi>, the
        nearest among {opened.metadata.training.length} good photographs.
      </p>
      <div class="row">
        <span class="faint">Click on the photograph for another place.</span>
        <button type="button" onClick={onWorst}>
          The worst place
        </button>
      </div>
    </section>
  );
}

const whyNone = ({ detector, tiling }: OpenedModel['metadata']): string =>
  detector.method === 'padim'
    ? 'PaDiM keeps what is usual at each place, not patches to compare with.'
    : tiling !== undefined
      ? 'A model that looks in tiles tells how far patches are from normal ones, not which is nearest.'
      : 'This model does not tell which patch is nearest.';

const shareOf = ({ x, y, width: w, height: h }: Box, width: number, height: number): Share => ({
  x: x / width,
  y: y / height,
  width: w / width,
  height: h / height,
});

interface CropProps {
  readonly title: string;
  readonly source: string;
  /** The patch, in shares of the photograph. */
  readonly box: Share;
  /** Width of the photograph over its height. */
  readonly ratio: number;
}

/** The surroundings of a patch, so that one sees what it is. */
function Crop({ title, source, box, ratio }: CropProps) {
  const seen = windowAround(box, ratio);
  const scale = 100 / seen.width;
  return (
    <figure>
      <div class="crop">
        <img
          src={source}
          alt={`${title === 'Here' ? 'This photograph' : 'The good photograph'} around the patch`}
          style={{
            width: `${scale}%`,
            height: `${100 / seen.height}%`,
            left: `${-seen.x * scale}%`,
            top: `${(-seen.y / seen.height) * 100}%`,
          }}
        />
        <span
          class="patch"
          style={{
            left: `${((box.x - seen.x) / seen.width) * 100}%`,
            top: `${((box.y - seen.y) / seen.height) * 100}%`,
            width: `${(box.width / seen.width) * 100}%`,
            height: `${(box.height / seen.height) * 100}%`,
          }}
        />
      </div>
      <figcaption>{title}</figcaption>
    </figure>
  );
}

/** How `update` and `recalibrate` end: with a new version of the model, calibrated on new images. */
import type { RunControl } from '../../core/progress.ts';
import { flawmapVersion } from '../../core/version.ts';
import type { EmbeddingSource } from '../../detector/embeddingSource.ts';
import { openJudge } from '../../detector/inspector/inspectorParts.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';
import { fillInspector } from '../../detector/inspector/writeInspector.ts';
import type { Stopwatch } from '../stopwatch.ts';
import type { Batch, BatchImage } from './batch.ts';
import { calibrateBatch, type SetAside } from './calibrateBatch.ts';
import { modelNumbers, type Upkeep } from './openUpkeep.ts';
import type { UpkeepReport } from './upkeepReport.ts';
import { addVersion } from './versions.ts';

export interface Renewed {
  readonly action: 'update' | 'recalibrate';
  /** The new file's graph in parts; used up. */
  readonly graph: Uint8Array[];
  /** What the new file says of itself otherwise than the old one, its calibration aside. */
  readonly changed: Pick<InspectorMetadata, 'steps'> & Partial<InspectorMetadata>;
  /** In base64. */
  readonly thumbnails: readonly string[];
  /** Images that the model has learnt from now. */
  readonly joined: readonly BatchImage[];
  /** Images that were to join. */
  readonly setAside: readonly SetAside[];
  readonly calibrating: readonly BatchImage[];
  /** Of each of those to calibrate: how strange it is to the others. */
  readonly strange: readonly number[];
  /** Of the batch. */
  readonly embeddings: EmbeddingSource;
  /** See `calibrate`. */
  readonly aim: { readonly fpr: number | undefined; readonly usualFpr: number };
}

const identity = ({ id, sha256 }: Pick<BatchImage, 'id' | 'sha256'>) => ({ id, sha256 });

/** The new graph is written first, and calibrates itself where it lies. */
export async function renew(
  { model, metadata, versions }: Upkeep,
  batch: Batch,
  { action, graph, changed, thumbnails, joined, calibrating, strange, ...renewed }: Renewed,
  stopwatch: Stopwatch,
  control: RunControl,
): Promise<UpkeepReport> {
  const present = versions.at(-1)!;
  const { embeddings, aim } = renewed;
  const describe = async (graphFile: string) => {
    stopwatch.lap('write');
    await using judge = await openJudge(graphFile, { ...metadata, ...changed });
    const scored = await calibrateBatch(judge, calibrating, strange, embeddings, aim, control);
    const setAside = [...renewed.setAside, ...scored.setAside];
    stopwatch.lap('calibrate');
    control.signal?.throwIfAborted();
    const described: InspectorMetadata = {
      ...metadata,
      ...changed,
      createdBy: `flawmap ${flawmapVersion()}`,
      parent: { sha256: present.sha256, action },
      calibration: {
        ...scored.calibration,
        images: [...scored.images],
        ...(setAside.length > 0 && { setAside }),
      },
    };
    return { metadata: described, thumbnails };
  };

  let after = metadata;
  const version = await addVersion(model, versions, async (path) => {
    after = (await fillInspector(path, graph, describe)).metadata;
    const { images, setAside = [] } = after.calibration;
    return {
      action,
      images: { joined: joined.map(identity), calibrated: images.map(identity), setAside },
      before: modelNumbers(metadata),
      after: modelNumbers(after),
    };
  });
  stopwatch.lap('write');
  const { images, setAside = [], statement, image } = after.calibration;
  return {
    file: model,
    version,
    previous: present.number,
    images: {
      joined: joined.length,
      calibrated: images.length,
      setAside,
      leftOut: batch.leftOut,
    },
    skipped: batch.skipped,
    before: modelNumbers(metadata),
    after: version.after,
    rule: image.rule,
    previousRule: metadata.calibration.image.rule,
    statement,
    seconds: stopwatch.seconds(),
  };
}

/** Sets the thresholds from images that a model has not learnt from. */
import { calibrate } from '../../calibration/calibrate.ts';
import type { Calibration } from '../../calibration/calibration.ts';
import { freeMemory } from '../../core/freeMemory.ts';
import type { RunControl } from '../../core/progress.ts';
import type { EmbeddingSource } from '../../detector/embeddingSource.ts';
import type { JudgeSession } from '../../detector/inspector/inspectorParts.ts';
import type { CalibrationImage } from '../../detector/inspector/metadata.ts';
import { mapMaximum } from '../../image/mapMaximum.ts';
import type { BatchImage } from './batch.ts';
import { outlyingness, suspicion } from './setAside.ts';

export interface SetAside {
  readonly id: string;
  readonly sha256: string;
  readonly reason: string;
}

export interface BatchCalibration {
  readonly calibration: Calibration;
  readonly images: readonly CalibrationImage[];
  readonly setAside: readonly SetAside[];
}

/**
 * Images that are set aside stay in n and count as above the threshold: whatever the reason, that
 * only raises it.
 * @param distances how strange each is to the others, in robust standard deviations
 * @param embeddings of the batch, at the places that its images name
 * @param fpr as for `calibrate`, with `usualFpr` where it is undefined
 */
export async function calibrateBatch(
  judge: JudgeSession,
  batch: readonly BatchImage[],
  distances: readonly number[],
  embeddings: EmbeddingSource,
  { fpr, usualFpr }: { readonly fpr: number | undefined; readonly usualFpr: number },
  { onProgress, signal }: RunControl,
): Promise<BatchCalibration> {
  const scored: CalibrationImage[] = [];
  for (const [done, image] of batch.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'calibrating', done, total: batch.length });
    const row = image.place * judge.patches;
    const embedding = await embeddings.readRange(row, row + judge.patches);
    const { score, map } = await judge.judge(embedding);
    freeMemory(embedding);
    const { id, sha256, label, defectType, descriptor, conditions } = image;
    const look = { descriptor, conditions };
    scored.push({ id, sha256, label, defectType, score, mapMaximum: mapMaximum(map), ...look });
  }
  onProgress?.({ step: 'calibrating', done: batch.length, total: batch.length });
  const scores = outlyingness(scored.map(({ score }) => score));
  const reasons = scored.map((_, i) => suspicion(scores[i]!, distances[i]!));
  const images = scored.filter((_, i) => reasons[i] === null);
  const setAside = batch.length - images.length;
  return {
    calibration: calibrate({ scores: images, fpr, usualFpr, setAside }),
    images,
    setAside: setAsideOf(scored, reasons),
  };
}

export function setAsideOf(
  images: readonly { readonly id: string; readonly sha256: string }[],
  reasons: readonly (string | null)[],
): SetAside[] {
  return images.flatMap(({ id, sha256 }, i) => {
    const reason = reasons[i] ?? null;
    return reason === null ? [] : [{ id, sha256, reason }];
  });
}

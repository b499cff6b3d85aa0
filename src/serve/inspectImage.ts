/** From an image's bytes to its answer: judged, watched, counted and written down. */

import { randomUUID } from 'node:crypto';
import type { LineStatus } from '../inspection/line/lineMonitor.ts';
import { cleanName } from './cleanName.ts';
import type { ServedModel } from './models.ts';
import type { Inspection, InspectQuery } from './schemas.ts';
import type { Service } from './service.ts';
import type { TaskAnswer } from './workers/message.ts';

export interface ToInspect {
  readonly model: ServedModel;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly query: Pick<InspectQuery, 'map' | 'overlay'>;
  /** `performance.now()` when the request came. */
  readonly started: number;
}

/** @throws FlawmapError, and what the signal was aborted with */
export async function inspectImage(
  service: Pick<Service, 'pool' | 'conditions' | 'metrics' | 'log' | 'models'>,
  { model, bytes, query, started, ...image }: ToInspect,
  signal: AbortSignal,
): Promise<Inspection> {
  const time = new Date();
  const name = cleanName(image.name);
  const { pool, metrics, conditions } = service;
  const task = {
    model: model.name,
    bytes,
    imageName: name,
    map: query.map,
    overlay: query.overlay,
  };
  const { answer, queueMs } = await pool.judge(task, signal);
  // Another than when the request came, where it was replaced meanwhile.
  const judgedBy = service.models.judgedBy(model.name, answer.modelSha256) ?? model;
  const status = conditions.observe(judgedBy, answer.conditions, time);
  const stages = { queue: queueMs, ...answer.milliseconds };
  const { verdict, score, threshold } = answer;
  metrics.judged({
    model: model.name,
    ...{ verdict, score, threshold },
    ...{ milliseconds: stages, conditions: status },
  });
  const journal = await record(service.log, name, time, answer);
  return {
    id: journal ?? randomUUID(),
    model: model.name,
    ...inspected(answer, status),
    milliseconds: performance.now() - started,
    stages,
    ...(journal !== undefined && { journal }),
  };
}

function inspected({ map, overlay, ...answer }: TaskAnswer, { alarm }: LineStatus) {
  const base64 = (bytes: Uint8Array) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return {
    modelSha256: answer.modelSha256,
    imageSha256: answer.imageSha256,
    width: answer.width,
    height: answer.height,
    score: answer.score,
    threshold: answer.threshold,
    band: answer.band,
    verdict: answer.verdict,
    reason: answer.reason,
    boxes: answer.boxes,
    ...(map && {
      map: {
        width: map.width,
        height: map.height,
        maximum: map.maximum,
        [map.form]: base64(map.bytes),
      },
    }),
    ...(overlay && { overlay: base64(overlay) }),
    conditionsChanged: alarm,
  };
}

async function record(
  log: Service['log'],
  imageName: string,
  time: Date,
  { imageSha256, modelSha256, threshold, score, verdict, reason, boxes }: TaskAnswer,
): Promise<string | undefined> {
  return log?.record({
    time: time.toISOString(),
    ...{ imageSha256, imageName, modelSha256 },
    ...{ threshold, score, verdict, reason, boxes: [...boxes] },
  });
}

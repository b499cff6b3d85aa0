/** The steps of an inspector that follow its embedding: what they judge is the same to the last bit. */
import { float32, type Tensor } from '../../tensor/elementType.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { splitModel } from '../../tensor/onnx/splitModel.ts';
import { closeSessions, openSessions } from '../../tensor/session/openSessions.ts';
import { openSession } from '../../tensor/session/session.ts';
import type { InspectorGraph } from './buildInspector.ts';
import { type Inspection, inspectionOf } from './inspector.ts';

export interface ScoringHalf extends AsyncDisposable {
  /** @param embedding of one image, float32 [patches * dimension] */
  judge(embedding: Float32Array): Promise<Inspection>;
}

/** Cut where `stageInspector` cuts, so that the runtime rounds as it does there. */
export async function openScoringHalf(
  { model, steps }: InspectorGraph,
  dimension: number,
): Promise<ScoringHalf> {
  const [, , search, map] = splitModel(model, [steps.resize, steps.backbone, steps.search]);
  const parts = [
    { name: 'search', part: search! },
    { name: 'map', part: map! },
  ];
  const sessions = await openSessions(parts, ({ name, part }) =>
    openSession(encodeModel(part), { name }),
  );
  return {
    async judge(embedding) {
      const tensors: Record<string, Tensor> = {
        [steps.backbone[0]!]: float32(embedding, [embedding.length / dimension, dimension]),
      };
      for (const session of sessions) {
        const feeds = session.inputs.map((name) => [name, tensors[name]!] as const);
        Object.assign(tensors, await session.run(Object.fromEntries(feeds)));
      }
      return inspectionOf(tensors);
    },
    [Symbol.asyncDispose]: () => closeSessions(sessions),
  };
}

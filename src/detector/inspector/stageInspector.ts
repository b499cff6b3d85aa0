/** An inspector run step by step: the same numbers, with what lies between. */
import type { RgbImage } from '../../image/image.ts';
import { asFloat32, type Tensor } from '../../tensor/elementType.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { splitModel } from '../../tensor/onnx/splitModel.ts';
import { openMappedPiece } from '../../tensor/session/mappedPiece.ts';
import { closeSessions, openSessions } from '../../tensor/session/openSessions.ts';
import { openSession, type SessionOptions, sessionThreads } from '../../tensor/session/session.ts';
import { openThreadSession } from '../../tensor/session/threadSession.ts';
import type { Steps } from './buildInspector.ts';
import { type Inspection, imageTensor, inspectionOf } from './inspector.ts';

export const STEP_NAMES = ['resize', 'backbone', 'search', 'map'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** An inspection whose steps were run one by one: the same numbers, with what lies between. */
export interface StagedInspection extends Inspection {
  readonly milliseconds: Readonly<Record<StepName, number>>;
  /** float32 [patches, dimension]; of a tiled inspector [tiles, dimension], the mean of each tile */
  readonly embedding: Float32Array;
  /** Of every patch: float32 [patches], or over the photograph [1, 1, h, w]. */
  readonly distance: Tensor;
}

export interface StagedInspector extends AsyncDisposable {
  inspect(image: RgbImage): Promise<StagedInspection>;
}

export interface StageOptions extends SessionOptions {
  /**
   * Each step in a thread of its own: while one photograph is searched for, the next ones go through
   * the backbone. The times of steps are then not their own.
   */
  readonly apart?: boolean;
}

/**
 * One that looks at photographs as a whole, run step by step.
 * @param path of its file, or of its graph, which must stay as it is until the end
 */
export async function stageInspector(
  path: string,
  steps: Steps,
  { apart = false, ...options }: StageOptions = {},
): Promise<StagedInspector> {
  const boundaries = [steps.resize, steps.backbone, steps.search];
  const open = apart ? openThreadSession : openSession;
  const { threads = sessionThreads() } = options;
  // The backbone and the search take about the same time; the others, next to none.
  const each = { ...options, ...(apart && { threads: Math.ceil(threads / 2) }) };
  const sessions = await openSessions(STEP_NAMES, (name, i) => {
    const cut = (model: ModelProto) => splitModel(model, boundaries)[i]!;
    return openMappedPiece(path, cut, open, { name, ...each });
  });
  return {
    async inspect(image) {
      const tensors: Record<string, Tensor> = { image: imageTensor(image) };
      const milliseconds = { resize: 0, backbone: 0, search: 0, map: 0 };
      for (const [i, session] of sessions.entries()) {
        const feeds = session.inputs.map((name) => [name, tensors[name]!] as const);
        const start = performance.now();
        Object.assign(tensors, await session.run(Object.fromEntries(feeds)));
        milliseconds[STEP_NAMES[i]!] = performance.now() - start;
      }
      const embedding = asFloat32(tensors[steps.backbone[0]!]!);
      const distance = tensors[steps.search[0]!]!;
      return { ...inspectionOf(tensors), milliseconds, embedding, distance };
    },
    [Symbol.asyncDispose]: () => closeSessions(sessions),
  };
}

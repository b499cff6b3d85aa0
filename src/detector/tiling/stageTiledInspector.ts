/** A tiled inspector run step by step, tile by tile: the numbers of its graph, with what lies between. */
import { asFloat32, float32, type Tensor } from '../../tensor/elementType.ts';
import type { ModelProto } from '../../tensor/onnx/proto/onnx_pb.ts';
import { openMappedPiece } from '../../tensor/session/mappedPiece.ts';
import { closeSessions, openSessions } from '../../tensor/session/openSessions.ts';
import { openSession, type Session, type SessionOptions } from '../../tensor/session/session.ts';
import type { Steps } from '../inspector/buildInspector.ts';
import { imageTensor, inspectionOf } from '../inspector/inspector.ts';
import type { StagedInspector } from '../inspector/stageInspector.ts';
import { joinArrays } from '../joinArrays.ts';
import type { TiledNames } from './tiledInspector.ts';
import { meanRow, tiledParts, tileFeeds } from './tiledParts.ts';
import { type Tiling, tileCount } from './tiling.ts';

/** @param path of its file, or of its graph, which must stay as it is until the end */
export async function stageTiledInspector(
  path: string,
  steps: Steps,
  { tiles, distances: grid, ...tiling }: Tiling & TiledNames,
  options: SessionOptions,
): Promise<StagedInspector> {
  const sessions = await openSessions(NAMES, (name, i) => {
    const cut = (model: ModelProto) => {
      const { tile: parts, rest } = tiledParts(model, steps, { tiles, distances: grid });
      return [...parts, rest][i]!;
    };
    return openMappedPiece(path, cut, openSession, { name, ...options });
  });
  const [, , , last] = sessions;
  return {
    async inspect(image) {
      const milliseconds = { resize: 0, backbone: 0, search: 0, map: 0 };
      const run = async (session: Session, step: keyof typeof milliseconds, known: Tensors) => {
        const feeds = session.inputs.map((input) => [input, known[input]!] as const);
        const start = performance.now();
        const results = await session.run(Object.fromEntries(feeds));
        milliseconds[step] += performance.now() - start;
        return results;
      };
      const count = tileCount(image, tiling);
      const distances: Float32Array[] = [];
      const means: Float32Array[] = [];
      for (let tile = 0; tile < count; tile++) {
        const tensors = tileFeeds(image, tile);
        for (const [i, step] of STEPS.entries()) {
          Object.assign(tensors, await run(sessions[i]!, step, tensors));
        }
        distances.push(asFloat32(tensors[steps.search[0]!]!));
        means.push(meanRow(tensors[steps.backbone[0]!]!));
      }
      const all = float32(joinArrays(distances), [count, distances[0]!.length]);
      const results = await run(last!, 'map', { image: imageTensor(image), [tiles]: all });
      const embedding = joinArrays(means);
      return { ...inspectionOf(results), milliseconds, embedding, distance: results[grid]! };
    },
    [Symbol.asyncDispose]: () => closeSessions(sessions),
  };
}

type Tensors = Readonly<Record<string, Tensor>>;

const STEPS = ['resize', 'backbone', 'search'] as const;
const NAMES = ['tile', 'backbone of a tile', 'search of a tile', 'map'];

/** Makes anomaly maps from patch distances that were kept. */
import { asFloat32, float32 } from '../tensor/elementType.ts';
import { createGraph } from '../tensor/graph.ts';
import { encodeModel } from '../tensor/onnx/protoParts.ts';
import { reduceMax } from '../tensor/ops/reduce.ts';
import { openSession } from '../tensor/session/session.ts';
import { anomalyMap, type MapSpec } from './anomalyMap.ts';

export interface MapMaker extends AsyncDisposable {
  /** @param distances float32 [h * w] of one image; @returns float32 [height * width] */
  map(distances: Float32Array): Promise<Float32Array>;
  /** The highest value of each image's map; @param distances float32 [images * h * w] */
  maxima(distances: Float32Array): Promise<Float32Array>;
}

/** @param size height and width of the maps */
export async function openMapMaker(
  grid: readonly [number, number],
  size: readonly [number, number],
  spec: MapSpec,
): Promise<MapMaker> {
  const graph = createGraph('map maker');
  const distances = graph.input('distances', 'float32', ['patches']);
  const map = anomalyMap(distances, grid, size, spec);
  graph.output('map', map);
  graph.output('maximum', reduceMax(map, [1, 2, 3]));
  const session = await openSession(encodeModel(graph.toModel()), { name: 'anomaly map' });
  const run = async (values: Float32Array, output: 'map' | 'maximum') => {
    const outputs = await session.run({ distances: float32(values, [values.length]) }, [output]);
    return asFloat32(outputs[output]!);
  };
  return {
    map: (values) => run(values, 'map'),
    maxima: (values) => run(values, 'maximum'),
    [Symbol.asyncDispose]: () => session.close(),
  };
}

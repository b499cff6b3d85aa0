/**
 * Floating-point operations of a graph's products and convolutions, two for each multiplication,
 * for the inputs given: counts that are the same on every machine. The graph is run once, so that
 * dimensions known only then count too.
 */
import type { Tensor } from '../../src/tensor/elementType.ts';
import type { ModelProto } from '../../src/tensor/onnx/proto/onnx_pb.ts';
import { decodeModel, encodeModel, untypedOutput } from '../../src/tensor/onnx/protoParts.ts';
import { openSession } from '../../src/tensor/session/session.ts';

export async function graphFlops(
  model: ModelProto,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<number> {
  // A copy: outputs are added to it.
  const copy = decodeModel(encodeModel(model), 'the counted graph');
  const { node: nodes, output: outputs, initializer: weights } = copy.graph!;
  const counted = nodes.filter(({ opType }) => ['MatMul', 'Gemm', 'Conv'].includes(opType));
  const dims = new Map(weights.map((tensor) => [tensor.name, tensor.dims.map(Number)]));
  for (const [name, tensor] of Object.entries(feeds)) dims.set(name, [...tensor.dims]);
  const shown = new Set(outputs.map(({ name }) => name));
  for (const name of counted.flatMap(({ input, output }) => [...input.slice(0, 2), output[0]!])) {
    if (dims.has(name) || shown.has(name)) continue;
    outputs.push(untypedOutput(name));
    shown.add(name);
  }
  await using session = await openSession(encodeModel(copy));
  for (const [name, tensor] of Object.entries(await session.run(feeds))) {
    dims.set(name, [...tensor.dims]);
  }
  return counted.reduce((sum, { opType, input, output }) => {
    const left = dims.get(input[0]!)!;
    const right = dims.get(input[1]!)!;
    const made = elements(dims.get(output[0]!)!);
    // Of a convolution's weights [out, in, h, w] all but the first; graphs here transpose no left factor.
    const terms = opType === 'Conv' ? elements(right.slice(1)) : left.at(-1)!;
    return sum + 2 * made * terms;
  }, 0);
}

const elements = (dims: readonly number[]) => dims.reduce((product, size) => product * size, 1);

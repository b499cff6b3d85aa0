import type { OnnxInspection, SpatialTensor } from '../../backbone/inspectOnnx.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../parameters.ts';
import { formatBytes } from '../quantities.ts';
import { textTable } from '../textTable.ts';

export const backboneInspectCommand = defineCommand({
  name: 'backbone inspect',
  summary: 'show what a network file holds, and what in it can be a layer',
  description: `Of an ONNX file every tensor with a spatial size can be a layer; the network is run once on an
empty image to see them. Of a safetensors file with a ResNet its stages are. Ends with exit code
1 when the file cannot serve as a backbone, saying why.`,
  arguments: { file: argument('an .onnx or .safetensors file, or a name from `backbone list`') },
  json: true,
  examples: [
    {
      command: 'backbone inspect network.onnx',
      explanation: 'Then: flawmap fit ... --backbone network.onnx --layers NAME,NAME',
    },
  ],
  async run({ print, paint }, { file }) {
    const isOnnx = /\.onnx$/i.test(file);
    const inspection = isOnnx ? await inspectOnnxFile(file) : await inspectBackbone(file);
    const { title, facts, tensors, problem } = inspection;
    print(paint('bold', title));
    for (const [label, value] of facts) print(`  ${label.padEnd(10)} ${value}`);
    if (problem === null) print(`\n${tensorTable(tensors)}`);
    else print(`\n${paint('red', 'It cannot serve as a backbone:')} ${problem}`);
    return { json: inspection.json, problemsFound: problem !== null };
  },
});

interface Shown {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly tensors: readonly SpatialTensor[];
  readonly problem: string | null;
  readonly json: unknown;
}

async function inspectOnnxFile(file: string): Promise<Shown> {
  const { inspectOnnx } = await import('../../backbone/inspectOnnx.ts');
  const inspection = await inspectOnnx(file);
  const { path, bytes, tensors, problem } = inspection;
  const title = `${path}  ${formatBytes(bytes)}`;
  return { title, facts: onnxFacts(inspection), tensors, problem, json: inspection };
}

function onnxFacts(inspection: OnnxInspection): [label: string, value: string][] {
  const { inputs, outputs, producer, opset, parameters, weightBytes, sha256 } = inspection;
  return [
    ['made by', `${producer === '' ? 'unknown' : producer}, opset ${opset}`],
    ['weights', `${parameters} numbers, ${formatBytes(weightBytes)}`],
    ['sha256', sha256],
    ...inputs.map(({ name, shape }): [string, string] => ['input', `${name}: ${shape}`]),
    ...outputs.map(({ name, shape }): [string, string] => ['output', `${name}: ${shape}`]),
  ];
}

/** Pixels of the image whose feature maps are shown. */
const SIZE = 224;

/** What any backbone can tell of itself, written into a graph that is not run. */
async function inspectBackbone(nameOrPath: string): Promise<Shown> {
  const { openBackbone } = await import('../../backbone/openBackbone.ts');
  const { createGraph } = await import('../../tensor/graph.ts');
  const { name, sha256, weightBytes, layers, defaultLayers, build } =
    await openBackbone(nameOrPath);
  const image = createGraph('inspection').input('image', 'float32', ['N', 3, SIZE, SIZE]);
  const values = await build(image, layers);
  const tensors = values.map(({ shape }, i): SpatialTensor => {
    const [, channels, height, width] = shape as [unknown, number, number, number];
    const stride = Math.round(SIZE / height);
    return { name: layers[i]!, channels, height, width, stride, output: true };
  });
  const facts: [string, string][] = [
    ['weights', formatBytes(weightBytes)],
    ['sha256', sha256 ?? 'none, it is built in'],
    ['default', defaultLayers.join(', ')],
  ];
  const json = { name, sha256, weightBytes, defaultLayers, tensors, problem: null };
  return { title: name, facts, tensors, problem: null, json };
}

function tensorTable(tensors: readonly SpatialTensor[]): string {
  if (tensors.length === 0) return 'No tensor in it has a spatial size, so none can be a layer.';
  const rows = tensors.map(({ name, channels, height, width, stride, output }) => [
    name,
    channels,
    `${height} x ${width}`,
    stride,
    output ? 'output' : '',
  ]);
  return textTable(['layer', 'channels', 'grid', 'stride', ''], rows);
}

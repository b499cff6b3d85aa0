import type { OnnxInspection } from '../../backbone/inspectOnnx.ts';
import { defineCommand } from '../command.ts';
import { argument } from '../parameters.ts';
import { formatBytes } from '../quantities.ts';
import { textTable } from '../textTable.ts';

export const backboneInspectCommand = defineCommand({
  name: 'backbone inspect',
  summary: 'show what an ONNX file holds, and which of its tensors can be layers',
  description:
    'The network is run once on an empty image. Ends with exit code 1 when it cannot serve as a backbone, saying why.',
  arguments: { file: argument('an ONNX file') },
  json: true,
  examples: [
    {
      command: 'backbone inspect network.onnx',
      explanation: 'Then: flawmap fit ... --backbone network.onnx --layers NAME,NAME',
    },
  ],
  async run({ print, paint }, { file }) {
    const { inspectOnnx } = await import('../../backbone/inspectOnnx.ts');
    const inspection = await inspectOnnx(file);
    const { path, problem } = inspection;
    print(`${paint('bold', path)}  ${formatBytes(inspection.bytes)}`);
    for (const [label, value] of facts(inspection)) print(`  ${label.padEnd(10)} ${value}`);
    if (problem === null) print(`\n${tensorTable(inspection)}`);
    else print(`\n${paint('red', 'It cannot serve as a backbone:')} ${problem}`);
    return { json: inspection, problemsFound: problem !== null };
  },
});

function facts(inspection: OnnxInspection): [label: string, value: string][] {
  const { inputs, outputs, producer, opset, parameters, weightBytes, sha256 } = inspection;
  return [
    ['made by', `${producer === '' ? 'unknown' : producer}, opset ${opset}`],
    ['weights', `${parameters} numbers, ${formatBytes(weightBytes)}`],
    ['sha256', sha256],
    ...inputs.map(({ name, shape }): [string, string] => ['input', `${name}: ${shape}`]),
    ...outputs.map(({ name, shape }): [string, string] => ['output', `${name}: ${shape}`]),
  ];
}

function tensorTable({ tensors }: OnnxInspection): string {
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

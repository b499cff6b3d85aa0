/** Backbones and models that are not what they should be. */
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import { encodeModel } from '../../src/tensor/onnx/protoParts.ts';
import { onnxModel, onnxNode } from '../support/onnxModel.ts';
import { useWorkplace } from '../support/workplace.ts';

const place = useWorkplace();

describe('backbones', () => {
  const network = () => {
    const path = join(place.work, 'network.onnx');
    const nodes = [
      onnxNode('AveragePool', ['x'], ['half'], { kernel_shape: [2, 2], strides: [2, 2] }),
      onnxNode('AveragePool', ['half'], ['quarter'], { kernel_shape: [2, 2], strides: [2, 2] }),
    ];
    const outputs = ['half', 'quarter'];
    writeFileSync(path, encodeModel(onnxModel({ opset: 17, nodes, outputs })));
    return path;
  };

  it('without the layer asked for are refused, listing those there are', async () => {
    const built = await place.refused(place.fit('--layers', 'layer2'), EXIT_CODES.input);
    expect(built).toContain('filterbank has no layer layer2');
    expect(built).toContain('expected: filterbank');
    const file = await place.refused(
      place.fit('--backbone', network(), '--layers', 'half,quater'),
      EXIT_CODES.input,
    );
    expect(file).toContain('network.onnx has no layer quater');
    expect(file).toContain('half, quarter');
    expect(file).toContain('did you mean quarter?');
  });

  it.each([
    ['text', Buffer.from('this is no network')],
    ['an image', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('that are no ONNX file but %s are refused', async (_name, bytes) => {
    const path = join(place.work, 'network.onnx');
    writeFileSync(path, bytes);
    const commands = [
      [place.fit('--backbone', path), EXIT_CODES.input],
      [['backbone', 'inspect', path], EXIT_CODES.input],
    ] as const;
    for (const [args, exitCode] of commands) {
      const said = await place.refused(args, exitCode);
      expect(said).toContain(`${path} is not an ONNX model`);
      expect(said).toContain('check that this is the right file');
    }
  });

  it('that are cut short are refused', async () => {
    const path = network();
    const size = readFileSync(path).length;
    truncateSync(path, size - 20);
    const said = await place.refused(place.fit('--backbone', path), EXIT_CODES.input);
    expect(said).toContain(path);
    expect(said).toContain('copied or downloaded whole');
  });

  it('that are not there are refused: by path, by name, by a mistyped name', async () => {
    const path = join(place.work, 'none.onnx');
    const byPath = await place.refused(place.fit('--backbone', path), EXIT_CODES.input);
    expect(byPath).toContain(`there is no backbone file ${path}`);
    const byName = await place.refused(place.fit('--backbone', 'resnet18'), EXIT_CODES.environment);
    expect(byName).toContain('run: flawmap backbone pull resnet18');
    const mistyped = await place.refused(place.fit('--backbone', 'resnt18'), EXIT_CODES.usage);
    expect(mistyped).toContain('did you mean resnet18?');
  });

  it('with a wrong hash are refused', async () => {
    const path = join(place.work, 'cache/backbones/resnet18.tv_in1k.safetensors');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'other weights');
    const said = await place.refused(place.fit('--backbone', 'resnet18'), EXIT_CODES.input);
    expect(said).toContain(`${path} is not the backbone resnet18`);
    expect(said).toMatch(/expected: SHA-256 694f673d.*\n.*found: +SHA-256 [0-9a-f]{64}/);
    expect(said).toContain('remove that file, then run: flawmap backbone pull resnet18');
  });
});

describe('models', () => {
  const useModel = (path: string) => [
    ['predict', path, join(place.data, 'test/good')],
    ['evaluate', path, place.data],
  ];

  it('cut short anywhere are refused', async () => {
    const path = join(place.work, 'cut.onnx');
    const size = readFileSync(place.model).length;
    for (const length of [0, 1, 30, 1000, size / 2, size - 3000, size - 1].map(Math.floor)) {
      copyFileSync(place.model, path);
      truncateSync(path, length);
      for (const args of useModel(path)) {
        const said = await place.refused(args, EXIT_CODES.input);
        expect(said).toContain(path);
        expect(said).toContain('to do:');
      }
    }
  });

  it('with damage in the middle are refused', async () => {
    const path = join(place.work, 'damaged.onnx');
    const bytes = readFileSync(place.model);
    bytes.fill(0xff, 20, 400);
    writeFileSync(path, bytes);
    for (const args of useModel(path)) {
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(path);
    }
  });

  it.each([
    ['text', () => Buffer.from('no model'), 'right file'],
    ['an image', () => readFileSync(join(place.data, 'test/good/000.png')), 'right file'],
    [
      'a network without metadata',
      () => encodeModel(onnxModel({ opset: 17, nodes: [onnxNode('Relu', ['x'], ['y'])] })),
      'make an inspector with `flawmap fit`',
    ],
  ])('that are %s are refused', async (_name, content, remedy) => {
    const path = join(place.work, 'other.onnx');
    writeFileSync(path, content());
    for (const args of useModel(path)) {
      const said = await place.refused(args, EXIT_CODES.input);
      expect(said).toContain(path);
      expect(said).toContain(remedy);
    }
  });

  it('that are not there, or a folder, are refused', async () => {
    for (const path of [join(place.work, 'none.onnx'), place.data]) {
      for (const args of useModel(path)) {
        expect(await place.refused(args, EXIT_CODES.input)).toContain(path);
      }
    }
  });
});

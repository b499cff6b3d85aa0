import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf } from '../../../test/support/runGraph.ts';
import { float32, int64, type Tensor } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { relu, square } from '../ops/elementwise.ts';
import type { Device } from './device.ts';
import { openSession, runtimeInfo } from './session.ts';
import { openThreadSession, prepareThread } from './threadSession.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawmap-session-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function twoOutputs(): Uint8Array {
  const graph = createGraph('g');
  const x = graph.input('x', 'float32', ['N']);
  graph.output('positive', relu(x));
  graph.output('square', square(x));
  return encodeModel(graph.toModel());
}

/** As many zeros as its input says. */
function zeros(): Uint8Array {
  const graph = createGraph('g');
  const shape = graph.input('shape', 'int64', ['rank']);
  const outputs = [{ type: 'float32', shape: ['n'] }] as const;
  graph.scope('memory', () =>
    graph.output('y', graph.node({ op: 'ConstantOfShape', inputs: [shape], outputs })[0]!),
  );
  return encodeModel(graph.toModel());
}

const x = float32(Float32Array.of(-2, 3), [2]);

describe.each([
  ['openSession', openSession],
  ['openThreadSession', openThreadSession],
])('%s', (_, open) => {
  describe('opened', () => {
    it('runs a model from bytes, and from a file', async () => {
      const path = join(folder, 'model.onnx');
      writeFileSync(path, twoOutputs());
      for (const model of [twoOutputs(), path]) {
        await using session = await open(model);
        expect(session.inputs).toEqual(['x']);
        expect(session.outputs).toEqual(['positive', 'square']);
        const { positive, square: squares } = await session.run({ x });
        expect(positive).toEqual(float32(Float32Array.of(0, 3), [2]));
        expect(numbersOf(squares!)).toEqual([4, 9]);
      }
    });

    it('takes bytes that lie inside a larger buffer', async () => {
      const padded = Buffer.concat([Buffer.alloc(13, 255), twoOutputs(), Buffer.alloc(5, 255)]);
      await using session = await open(padded.subarray(13, -5));
      expect(session.outputs).toHaveLength(2);
    });

    it('computes only the outputs asked for', async () => {
      await using session = await open(twoOutputs());
      expect(Object.keys(await session.run({ x }, ['square']))).toEqual(['square']);
    });

    it('carries every element type in and out', async () => {
      const tensors: Tensor[] = [
        x,
        { type: 'float64', dims: [1], data: Float64Array.of(1 / 3) },
        { type: 'float16', dims: [2], data: Uint16Array.of(0x3c00, 0xc100) },
        { type: 'uint8', dims: [1, 2], data: Uint8Array.of(0, 255) },
        { type: 'int32', dims: [1], data: Int32Array.of(-7) },
        int64([2 ** 40]),
        { type: 'bool', dims: [2], data: Uint8Array.of(1, 0) },
        float32(new Float32Array(0), [0, 4]),
        float32(Float32Array.of(5), []),
      ];
      const graph = createGraph('g');
      for (const [i, { type, dims }] of tensors.entries()) {
        graph.output(`y${i}`, graph.input(`x${i}`, type, dims));
      }
      await using session = await open(encodeModel(graph.toModel()));
      const feeds = tensors.map((tensor, i) => [`x${i}`, tensor]);
      const results = await session.run(Object.fromEntries(feeds));
      for (const [i, tensor] of tensors.entries()) {
        const { type, dims, data } = results[`y${i}`]!;
        expect({ type, dims, data: Array.from<unknown>(data) }).toEqual({
          ...tensor,
          data: Array.from<unknown>(tensor.data),
        });
      }
    });

    it.each([
      ['no bytes', new Uint8Array(0)],
      ['other bytes', Buffer.from('not a model')],
      ['a cut file', twoOutputs().subarray(0, 60)],
    ])('refuses %s, naming the model', async (_, bytes) => {
      await expect(open(bytes, { name: 'line-3.onnx' })).rejects.toMatchObject({
        kind: 'input',
        message: expect.stringContaining('cannot load line-3.onnx'),
      });
    });

    it('says that a device does not work, not that the model is bad', async () => {
      await expect(open(twoOutputs(), { device: 'abacus' as Device })).rejects.toMatchObject({
        kind: 'environment',
        message: expect.stringMatching(/the device abacus does not work here.*flawmap doctor/s),
      });
    });

    it('refuses a file that is not there, naming it', async () => {
      const path = join(folder, 'none.onnx');
      await expect(open(path)).rejects.toThrow(`cannot load ${path}`);
    });

    it('refuses an operator nobody knows, naming it', async () => {
      const graph = createGraph('g');
      const input = graph.input('x', 'float32', [1]);
      const outputs = [{ type: 'float32', shape: [1] }] as const;
      graph.output('y', graph.node({ op: 'Frobnicate', inputs: [input], outputs })[0]!);
      await expect(open(encodeModel(graph.toModel()))).rejects.toThrow('Frobnicate');
    });
  });

  describe('run', () => {
    it.each([
      ['an input is missing', {}, undefined],
      ['an input has another type', { x: int64([1]) }, undefined],
      ['an input has another rank', { x: float32(Float32Array.of(1), [1, 1]) }, undefined],
      [
        'an input has another size than its numbers',
        { x: float32(Float32Array.of(1), [5]) },
        undefined,
      ],
      ['an output is not there', { x }, ['cube']],
    ])('names the model when %s', async (_, feeds, outputs) => {
      await using session = await open(twoOutputs(), { name: 'line-3.onnx' });
      await expect(session.run(feeds as Record<string, Tensor>, outputs)).rejects.toMatchObject({
        kind: 'internal',
        message: expect.stringContaining('line-3.onnx failed while running'),
      });
      expect(numbersOf((await session.run({ x })).square!)).toEqual([4, 9]);
    });

    it('tells of memory that nobody has, and goes on after it', async () => {
      await using session = await open(zeros(), { name: 'line-3.onnx' });
      await expect(session.run({ shape: int64([2 ** 44]) })).rejects.toMatchObject({
        kind: 'input',
        details: { what: 'line-3.onnx asks for 70369 GB of memory' },
      });
      expect((await session.run({ shape: int64([3]) })).y!.dims).toEqual([3]);
    });

    it('does not take a node in the scope `memory` for a lack of memory', async () => {
      await using session = await open(zeros());
      await expect(session.run({ shape: int64([-3]) })).rejects.toMatchObject({ kind: 'internal' });
    });
  });

  describe('close', () => {
    it('may be called twice', async () => {
      const session = await open(twoOutputs());
      await session.close();
      await expect(session.close()).resolves.toBeUndefined();
    });

    it('ends the use of the session', async () => {
      const session = await open(twoOutputs(), { name: 'line-3.onnx' });
      await session.close();
      await expect(session.run({ x })).rejects.toThrow('line-3.onnx used after it was closed');
    });

    it('waits for a run that has begun', async () => {
      const session = await open(twoOutputs());
      const running = session.run({ x });
      await session.close();
      expect(numbersOf((await running).square!)).toEqual([4, 9]);
    });

    it('comes by itself at the end of a block', async () => {
      let kept: Awaited<ReturnType<typeof open>>;
      {
        await using session = await open(twoOutputs());
        kept = session;
      }
      await expect(kept.run({ x })).rejects.toThrow('after it was closed');
    });
  });
});

it('opens a session in a thread that was started before', async () => {
  prepareThread();
  prepareThread();
  for (const round of ['in that one', 'in another']) {
    await using session = await openThreadSession(twoOutputs());
    const { square: found } = await session.run({ x: float32(Float32Array.of(3), [1]) });
    expect(numbersOf(found!), round).toEqual([9]);
  }
});

it('knows its version and that it runs on the CPU', async () => {
  const { version, providers } = await runtimeInfo();
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(providers).toContain('cpu');
});

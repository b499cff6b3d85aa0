import type * as workerThreads from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { float32 } from '../elementType.ts';
import { createGraph } from '../graph.ts';
import { encodeModel } from '../onnx/protoParts.ts';
import { square } from '../ops/elementwise.ts';
import { openThreadSession } from './threadSession.ts';

const { threads } = vi.hoisted(() => ({ threads: [] as workerThreads.Worker[] }));

vi.mock('node:worker_threads', async (original) => {
  const { Worker, ...others } = await original<typeof workerThreads>();
  class KnownWorker extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      threads.push(this);
    }
  }
  return { ...others, Worker: KnownWorker };
});

function squares(): Uint8Array {
  const graph = createGraph('g');
  graph.output('y', square(graph.input('x', 'float32', ['N'])));
  return encodeModel(graph.toModel());
}

it('says so of a thread that has ended, whatever is asked of it, and can still be closed', async () => {
  const session = await openThreadSession(squares(), { name: 'the squares' });
  await threads[0]!.terminate();
  const run = () => session.run({ x: float32(Float32Array.of(1), [1]) });
  await expect(run()).rejects.toThrow(/the squares failed while running\n.*its thread has ended/);
  await session.close();
});

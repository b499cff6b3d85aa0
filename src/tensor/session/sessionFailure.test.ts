import { describe, expect, it } from 'vitest';
import { openFailure, runFailure } from './sessionFailure.ts';

// As onnxruntime 1.30 says it.
const failedToAllocate = (bytes: number) =>
  new Error(
    "Non-zero status code returned while running Pad node. Name:'backbone/Pad_6' Status Message: " +
      'bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, Stream*) ' +
      `Failed to allocate memory for requested buffer of size ${bytes}`,
  );

describe.each([
  ['run', (error: Error) => runFailure('bottle.onnx', error)],
  ['load', (error: Error) => openFailure('bottle.onnx', 'cpu', error)],
])('what fails to %s', (doing, failure) => {
  it('lacks memory that the machine has, if nobody else uses it', () => {
    for (const error of [failedToAllocate(1e6), new Error('std::bad_alloc')]) {
      expect(failure(error)).toMatchObject({
        kind: 'environment',
        details: { what: `there is not enough memory to ${doing} bottle.onnx` },
      });
    }
  });

  it('asks for more memory than there is', () => {
    expect(failure(failedToAllocate(1_340_029_804_544_000))).toMatchObject({
      kind: 'input',
      details: { what: 'bottle.onnx asks for 1340030 GB of memory' },
    });
  });
});

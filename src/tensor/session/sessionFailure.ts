/** What onnxruntime says of failures, in our words. */
import { totalmem } from 'node:os';
import { environmentError, inputError, internalError, messageOf } from '../../core/error.ts';
import type { Device } from './device.ts';

/** Phrases for a provider that was not built in, whose libraries are missing, or without hardware. */
function deviceFailure(device: Device, error: unknown): Error | undefined {
  const phrases = /backend not found|load (shared )?library|failed to get a webgpu adapter|CUDA/i;
  if (device === 'cpu' || !phrases.test(reasonOf(error))) return undefined;
  return environmentError({
    what: `the device ${device} does not work here`,
    expected: 'its driver and its libraries',
    found: reasonOf(error),
    remedy: 'use the device cpu; flawmap doctor lists what works',
    cause: error,
  });
}

/** What is wrong with a model, or with the device, that onnxruntime did not open. */
export function openFailure(name: string, device: Device, error: unknown): Error {
  return deviceFailure(device, error) ?? modelFailure(name, error);
}

function modelFailure(name: string, error: unknown): Error {
  if (isOutOfMemory(error)) {
    return memoryFailure('load', name, error, 'fit with a smaller --coreset');
  }
  return inputError({
    what: `cannot load ${name}`,
    expected: 'a complete ONNX model that onnxruntime can run',
    found: reasonOf(error),
    remedy: 'check that the file was copied or downloaded whole',
    cause: error,
  });
}

export function runFailure(name: string, error: unknown): Error {
  if (isOutOfMemory(error)) return memoryFailure('run', name, error, 'work on smaller images');
  return internalError({
    what: `${name} failed while running`,
    found: reasonOf(error),
    cause: error,
  });
}

/** @param remedy besides more room on this machine, which helps where it has as much at all */
function memoryFailure(doing: string, name: string, error: unknown, remedy: string): Error {
  const found = reasonOf(error);
  const bytes = Number(/requested buffer of size (\d+)/.exec(found)?.[1] ?? 0);
  if (bytes <= totalmem()) {
    return environmentError({
      what: `there is not enough memory to ${doing} ${name}`,
      found,
      remedy: `close other programs, or ${remedy}`,
      cause: error,
    });
  }
  return inputError({
    what: `${name} asks for ${(bytes / 1e9).toFixed(0)} GB of memory`,
    expected: `a model that computes in the ${(totalmem() / 1e9).toFixed(0)} GB of this machine`,
    found,
    remedy: `check that it is the right file and whole, or ${remedy}`,
    cause: error,
  });
}

/** Some messages of onnxruntime end in an empty line. */
const reasonOf = (error: unknown) => messageOf(error).trim();

/** Phrases of onnxruntime, of C++ and of V8; a node may be called `memory/Gather`. */
const isOutOfMemory = (error: unknown) =>
  /failed to allocate memory|bad_alloc|out of memory|allocation failed/i.test(reasonOf(error));

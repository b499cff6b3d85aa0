import { doWork } from './doWork.ts';
import type { Executor } from './executor.ts';
import type { Registry } from './kind.ts';

/** Does jobs in this process, one at a time. */
export function inlineExecutor(registry: Registry): Executor {
  return {
    slots: 1,
    execute: (work, control) => doWork(registry, work, control),
    async [Symbol.asyncDispose]() {},
  };
}

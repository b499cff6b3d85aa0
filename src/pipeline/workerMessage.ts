/** What the process executor and its workers say to each other; all of it survives JSON. */
import { type ErrorDetails, type ErrorKind, FlawmapError, messageOf } from '../core/error.ts';
import type { ProgressEvent } from '../core/progress.ts';
import type { WorkSpan } from '../core/trace.ts';
import type { Measured } from './artifact.ts';
import type { Work } from './executor.ts';

export type Request =
  | { readonly type: 'work'; readonly work: Work; readonly traced: boolean }
  | { readonly type: 'abort' };

export type Reply =
  | { readonly type: 'progress'; readonly event: ProgressEvent }
  | { readonly type: 'worked'; readonly span: WorkSpan }
  | { readonly type: 'done'; readonly measured: Measured }
  | { readonly type: 'failed'; readonly failure: Failure };

export interface Failure {
  readonly flawmap?: { readonly kind: ErrorKind; readonly details: ErrorDetails };
  readonly message: string;
  readonly stack: string | undefined;
}

export function packError(error: unknown): Failure {
  const stack = error instanceof Error ? error.stack : undefined;
  const failure = { message: messageOf(error), stack };
  if (!(error instanceof FlawmapError)) return failure;
  // The cause may be anything, and need not survive.
  const { cause: _, ...details } = error.details;
  return { ...failure, flawmap: { kind: error.kind, details } };
}

export function unpackError({ flawmap, message, stack }: Failure): Error {
  if (flawmap !== undefined) return new FlawmapError(flawmap.kind, flawmap.details);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** What the server and its workers say to each other, in structured clones. */
import type { ErrorDetails } from '../../core/error.ts';
import type { ImagingConditions } from '../../detector/inspector/metadata.ts';
import type { Judgement } from '../../inspection/judge/judgement.ts';
import type { Failure } from '../../pipeline/workerMessage.ts';

/** A model as a worker opens it. */
export interface WorkerModel {
  readonly name: string;
  readonly file: string;
  /** Of the file; every answer has it. */
  readonly sha256: string;
  readonly mmPerPixel: number | undefined;
}

export interface WorkerSetup {
  readonly models: readonly WorkerModel[];
  readonly maxPixels: number;
}

/** One photograph to judge. */
export interface JudgeTask {
  /** The model's name. */
  readonly model: string;
  /** Of the image file. */
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly imageName: string;
  readonly map: 'none' | 'png' | 'float';
  readonly overlay: boolean;
}

export interface TaskMap {
  readonly width: number;
  readonly height: number;
  /** What white stands for in the PNG. */
  readonly maximum: number;
  /** A grey PNG, or little-endian values. */
  readonly form: 'png' | 'float32';
  readonly bytes: Uint8Array;
}

export interface TaskAnswer extends Judgement {
  readonly imageSha256: string;
  /** Of the model's file that judged. */
  readonly modelSha256: string;
  readonly width: number;
  readonly height: number;
  readonly conditions: ImagingConditions;
  readonly map?: TaskMap;
  /** A PNG. */
  readonly overlay?: Uint8Array;
  readonly milliseconds: { readonly decode: number; readonly inference: number };
  /** Of the worker's process. */
  readonly residentBytes: number;
}

export type WorkerRequest =
  | { readonly type: 'open'; readonly setup: WorkerSetup }
  | { readonly type: 'judge'; readonly task: JudgeTask };

export type WorkerReply =
  | { readonly type: 'opened'; readonly residentBytes: number }
  | { readonly type: 'judged'; readonly answer: TaskAnswer }
  | { readonly type: 'refused'; readonly status: number; readonly details: ErrorDetails }
  | { readonly type: 'failed'; readonly failure: Failure };

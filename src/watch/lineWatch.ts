/** The watch for changed conditions of one folder: with its state on disk, and told now and then. */
import type { ImagingConditions } from '../detector/inspector/metadata.ts';
import {
  createLineMonitor,
  type LineAlarm,
  type LineMonitor,
  type LineStatus,
} from '../inspection/line/lineMonitor.ts';
import { readLineState, writeLineState } from '../inspection/line/lineState.ts';
import type { OpenModel } from './currentModel.ts';

/** Images after which changed conditions are told again. */
const TOLD_EVERY = 100;
/** Images that a crash may take from the watch; of each, the verdict is in the journal. */
const SAVED_EVERY = 25;

export interface LineWatch {
  status(): LineStatus;
  /** @returns what is to be told now; null mostly */
  observe(conditions: ImagingConditions, time: Date): LineAlarm | null;
  /** For a model that was replaced. */
  begin(model: OpenModel): void;
  save(): Promise<void>;
  saveIfDue(): Promise<void>;
}

export interface LineWatchOptions {
  /** Where its state is kept. */
  readonly file: string;
  readonly falseAlarm: number;
  /** Told where a state was left that says nothing. */
  onLost(reason: 'other model' | 'unreadable'): void;
}

/** @throws FlawmapError (environment) for a state that may not be read or written */
export async function openLineWatch(
  model: OpenModel,
  { file, falseAlarm, onLost }: LineWatchOptions,
): Promise<LineWatch> {
  const left = await readLineState(file, model.sha256);
  if (left === 'other model' || left === 'unreadable') onLost(left);
  let { sha256 } = model;
  let monitor: LineMonitor = createLineMonitor(model.inspector.metadata, {
    falseAlarm,
    state: typeof left === 'string' ? undefined : left,
  });
  let unsaved = 0;
  let untold = Number.POSITIVE_INFINITY;
  const save = async () => {
    const state = unsaved === 0 ? undefined : monitor.state();
    unsaved = 0;
    if (state !== undefined) await writeLineState(file, sha256, state);
  };
  return {
    status: () => monitor.status(new Date()),
    observe(conditions, time) {
      const { alarm } = monitor.observe(conditions, time);
      unsaved++;
      untold++;
      if (alarm === null || untold < TOLD_EVERY) return null;
      untold = 0;
      unsaved = SAVED_EVERY;
      return alarm;
    },
    begin(next) {
      ({ sha256 } = next);
      monitor = createLineMonitor(next.inspector.metadata, { falseAlarm });
      unsaved = 0;
      untold = Number.POSITIVE_INFINITY;
    },
    save,
    saveIfDue: async () => {
      if (unsaved >= SAVED_EVERY) await save();
    },
  };
}

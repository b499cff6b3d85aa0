/** Whether light, focus and camera are as they were: a line's monitor for each model. */
import type { ImagingConditions } from '../detector/inspector/metadata.ts';
import {
  createLineMonitor,
  type LineMonitor,
  type LineStatus,
} from '../inspection/line/lineMonitor.ts';
import { readLineState, writeLineState } from '../inspection/line/lineState.ts';
import type { ServedModel } from './models.ts';

export interface Conditions extends AsyncDisposable {
  observe(model: ServedModel, conditions: ImagingConditions, time: Date): LineStatus;
  status(model: ServedModel, now: Date): LineStatus;
  /** For one that takes the place of the one of its name, which may still have images in work. */
  begin(model: ServedModel): void;
  /** For one that judges no more. */
  end(model: ServedModel): void;
}

/** A restart forgets what came since. */
const SAVE_MS = 60_000;

/**
 * @param besides the journal, beside which monitors leave their state and go on from it after a
 * restart; undefined: they begin anew
 * @throws FlawmapError (environment) naming a state that may not be read
 */
export async function openConditions(
  models: readonly ServedModel[],
  besides: string | undefined,
  onFailure: (error: unknown) => void,
): Promise<Conditions> {
  const monitors = new Map<ServedModel, LineMonitor>();
  /** Those whose state is kept, by name. */
  const current = new Map<string, ServedModel>();
  const changed = new Set<ServedModel>();
  const fileOf = ({ name }: ServedModel) => `${besides}.${name}.conditions.json`;
  for (const model of models) {
    const left = besides === undefined ? 'none' : await readLineState(fileOf(model), model.sha256);
    const options = typeof left === 'string' ? {} : { state: left };
    monitors.set(model, createLineMonitor(model.metadata, options));
    current.set(model.name, model);
  }
  const save = async () => {
    if (besides === undefined) return;
    for (const model of changed) {
      changed.delete(model);
      const state = monitors.get(model)?.state();
      if (state !== undefined && current.get(model.name) === model)
        await writeLineState(fileOf(model), model.sha256, state);
    }
  };
  const saving = setInterval(() => void save().catch(onFailure), SAVE_MS);
  saving.unref();
  return {
    observe(model, conditions, time) {
      // Light and focus are the image's own, whichever model has judged it.
      const watching = monitors.has(model) ? model : current.get(model.name)!;
      changed.add(watching);
      return monitors.get(watching)!.observe(conditions, time);
    },
    status: (model, now) => monitors.get(model)!.status(now),
    begin(model) {
      monitors.set(model, createLineMonitor(model.metadata));
      current.set(model.name, model);
    },
    end(model) {
      monitors.delete(model);
      changed.delete(model);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(saving);
      await save();
    },
  };
}

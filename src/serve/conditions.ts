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
  observe(model: string, conditions: ImagingConditions, time: Date): LineStatus;
  status(model: string, now: Date): LineStatus;
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
  const monitors = new Map<string, LineMonitor>();
  const changed = new Set<ServedModel>();
  const fileOf = ({ name }: ServedModel) => `${besides}.${name}.conditions.json`;
  for (const model of models) {
    const left = besides === undefined ? 'none' : await readLineState(fileOf(model), model.sha256);
    const options = typeof left === 'string' ? {} : { state: left };
    monitors.set(model.name, createLineMonitor(model.metadata, options));
  }
  const save = async () => {
    if (besides === undefined) return;
    for (const model of changed) {
      changed.delete(model);
      const state = monitors.get(model.name)!.state();
      if (state !== undefined) await writeLineState(fileOf(model), model.sha256, state);
    }
  };
  const saving = setInterval(() => void save().catch(onFailure), SAVE_MS);
  saving.unref();
  return {
    observe(name, conditions, time) {
      changed.add(models.find((model) => model.name === name)!);
      return monitors.get(name)!.observe(conditions, time);
    },
    status: (name, now) => monitors.get(name)!.status(now),
    async [Symbol.asyncDispose]() {
      clearInterval(saving);
      await save();
    },
  };
}

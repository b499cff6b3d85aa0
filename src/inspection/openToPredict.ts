import type { LookOptions } from './look/look.ts';
import { type LookingInspector, openLookingInspector } from './look/openLookingInspector.ts';

/**
 * A model as `predict` opens it: in a thread, with its weights left in the file. It loads next to
 * nothing: what is to be done with the answers can be loaded while the model opens.
 * @throws FlawmapError as `openLookingInspector`
 */
export const openToPredict = (model: string, look: LookOptions): Promise<LookingInspector> =>
  openLookingInspector(model, look, { apart: true, mapped: true });

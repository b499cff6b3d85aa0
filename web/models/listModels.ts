/**
 * `models.json` beside the page lists the models: `{"models": [{"name": ..., "file": ...}]}`, files
 * relative to it. A server writes it as it is asked; on a static host it is a file.
 */
import { inputError } from '../../src/core/error.ts';
import type { ModelEntry } from './modelEntry.ts';

/** @throws FlawmapError (input) where the text is no such list */
export function readModelList(text: string): readonly ModelEntry[] {
  const refuse = (found: string) =>
    inputError({
      what: 'models.json cannot be read',
      expected: '{"models": [{"name": "bottle", "file": "bottle.onnx"}]}',
      found,
      remedy: 'correct the file beside the page, or choose a model file by hand',
    });
  let list: unknown;
  try {
    list = (JSON.parse(text) as { models?: unknown } | null)?.models;
  } catch {
    throw refuse('text that is not JSON');
  }
  if (!Array.isArray(list)) throw refuse('no list of models');
  return list.map((entry: { name?: unknown; file?: unknown } | null) => {
    const { name, file } = entry ?? {};
    if (typeof name === 'string' && typeof file === 'string') {
      return { name, address: file, own: false };
    }
    throw refuse(JSON.stringify(entry));
  });
}

import { inputError } from '../../core/error.ts';
import type { InspectorMetadata } from '../../detector/inspector/metadata.ts';

/** What whoever asks the server relies on; `update`, `recalibrate` and a rollback leave it as it is. */
const formOf = ({ category, detector, backbone, preprocessing, map }: InspectorMetadata) => ({
  category,
  method: detector.method,
  backbone: `${backbone.name} with ${backbone.layers.join(', ')}`,
  input: `${preprocessing.crop} pixels of ${preprocessing.resize}`,
  map: `${map.width} x ${map.height}`,
});

/**
 * Whether a file may take another's place without anybody being asked.
 * @throws FlawmapError (input) for a detector of another form
 */
export function requireSameForm(
  path: string,
  before: InspectorMetadata,
  after: InspectorMetadata,
): void {
  const [expected, found] = [formOf(before), formOf(after)];
  for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
    if (expected[name] === found[name]) continue;
    throw inputError({
      what: `${path} is another detector than the one it replaces`,
      expected: `${name} ${expected[name]}`,
      found: `${name} ${found[name]}`,
      remedy: 'start the server anew to serve it, or put an update of the one before there',
    });
  }
}

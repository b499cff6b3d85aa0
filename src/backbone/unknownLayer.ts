import { type FlawmapError, inputError } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';

/** Says which layers a backbone has instead. */
export function unknownLayer(
  backbone: string,
  layer: string,
  layers: readonly string[],
): FlawmapError {
  const nearest = nearestName(layer, layers);
  return inputError({
    what: `the backbone ${backbone} has no layer ${layer}`,
    expected: layers.join(', '),
    found: layer,
    remedy: nearest === undefined ? 'choose among these' : `did you mean ${nearest}?`,
  });
}

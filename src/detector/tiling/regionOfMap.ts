/** Inside the graph: a region of photographs on a map whose size is known only when it runs. */
import type { Value } from '../../tensor/graph.ts';
import { add, div, mul } from '../../tensor/ops/elementwise.ts';
import { gather, range } from '../../tensor/ops/layout.ts';
import type { Region } from '../region.ts';

/**
 * @param down int64 scalar, the map's height
 * @param across its width
 * @returns bool [1, 1, height, width]: what the region says at the centre of each pixel of the map
 */
export function regionOfMap({ width, height, inside }: Region, down: Value, across: Value): Value {
  const { graph } = down;
  return graph.scope('region', () => {
    const whole = graph.constant('inside', {
      type: 'bool',
      dims: [1, 1, height, width],
      data: inside,
    });
    return stretched(stretched(whole, 2, height, down), 3, width, across);
  });
}

/** `from` places along an axis become `to`, each the one its centre lies on. */
function stretched(x: Value, axis: number, from: number, to: Value): Value {
  const doubled = add(mul(range(to), 2), 1);
  return gather(x, div(mul(doubled, from), mul(to, 2)), axis);
}

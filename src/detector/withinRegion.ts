/** A head that looks at a part of the photograph alone. */
import { where } from '../tensor/ops/elementwise.ts';
import { reduceMax, reduceMin } from '../tensor/ops/reduce.ts';
import type { Head } from './head.ts';
import type { Region } from './region.ts';

/**
 * Outside of the region the map has its lowest value, and the score is its highest: that of the
 * smoothed map, not of the patches, whose grid is coarser than most regions. It is part of the
 * graph, so that every program that runs the file sees the same.
 * @param region of the map's size
 */
export function withinRegion(head: Head, { width, height, inside }: Region): Head {
  return (embedding, size) => {
    const { map, found } = head(embedding, size);
    const { graph } = map;
    return graph.scope('region', () => {
      const counts = graph.constant('inside', {
        type: 'bool',
        dims: [1, 1, height, width],
        data: inside,
      });
      const within = where(counts, map, reduceMin(map, [1, 2, 3], true));
      return { map: within, score: reduceMax(within, [1, 2, 3]), found };
    });
  };
}

import type { Box } from '../core/box.ts';

export interface Region {
  /** In pixels. */
  readonly area: number;
  readonly box: Box;
}

export interface ConnectedRegions {
  /** For every pixel the number of its region, from 1; 0 is background. */
  readonly labels: Int32Array;
  /** How many regions there are. */
  readonly count: number;
  /** Region `label` is `regions[label - 1]`; in the order of their first pixels, row by row. */
  readonly regions: readonly Region[];
}

/**
 * The 8-connected regions of a raster, in linear time: two passes and a union-find (Rosenfeld &
 * Pfaltz 1966; the order of looking at neighbours is that of Wu, Otoo & Suzuki 2009).
 * @param raster height x width, row by row; whatever is not 0 belongs to a region
 */
export function connectedRegions(
  raster: Uint8Array,
  width: number,
  height: number,
): ConnectedRegions {
  const labels = new Int32Array(width * height);
  const parents = labelProvisionally(raster, width, height, labels);
  return settle(labels, parents, width);
}

/** First pass: fills `labels` with provisional numbers; which belong together is in the result. */
function labelProvisionally(
  raster: Uint8Array,
  width: number,
  height: number,
  labels: Int32Array,
): Int32Array {
  // Of the pixels of a 2 x 2 block, no more than one ever starts a provisional region.
  const parents = new Int32Array(Math.ceil(width / 2) * Math.ceil(height / 2) + 1);
  let last = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = y * width + x;
      if (raster[here] === 0) continue;
      const above = here - width;
      const north = y > 0 ? labels[above]! : 0;
      if (north !== 0) {
        // It already joins whatever is to its left and right.
        labels[here] = north;
        continue;
      }
      const northEast = y > 0 && x + 1 < width ? labels[above + 1]! : 0;
      const northWest = y > 0 && x > 0 ? labels[above - 1]! : 0;
      const left = x > 0 && labels[here - 1] !== 0 ? labels[here - 1]! : northWest;
      if (left !== 0 && northEast !== 0) labels[here] = join(parents, left, northEast);
      else if (left !== 0 || northEast !== 0) labels[here] = left + northEast;
      else {
        last++;
        parents[last] = last;
        labels[here] = last;
      }
    }
  }
  return parents;
}

/** Second pass: every provisional number becomes that of its region; areas and boxes are taken. */
function settle(labels: Int32Array, parents: Int32Array, width: number): ConnectedRegions {
  const finalOf = new Int32Array(parents.length);
  const extents: Extent[] = [];
  for (let here = 0, x = 0, y = 0; here < labels.length; here++) {
    if (labels[here] !== 0) {
      const root = rootOf(parents, labels[here]!);
      if (finalOf[root] === 0) {
        finalOf[root] = extents.push({ area: 0, left: x, right: x, top: y, bottom: y });
      }
      labels[here] = finalOf[root]!;
      grow(extents[labels[here]! - 1]!, x, y);
    }
    if (++x === width) {
      x = 0;
      y++;
    }
  }
  return { labels, count: extents.length, regions: extents.map(toRegion) };
}

function rootOf(parents: Int32Array, label: number): number {
  let root = label;
  while (parents[root] !== root) {
    // Halving the path keeps the trees flat.
    parents[root] = parents[parents[root]!]!;
    root = parents[root]!;
  }
  return root;
}

function join(parents: Int32Array, a: number, b: number): number {
  const rootA = rootOf(parents, a);
  const rootB = rootOf(parents, b);
  const root = Math.min(rootA, rootB);
  parents[rootA] = root;
  parents[rootB] = root;
  return root;
}

interface Extent {
  area: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function grow(extent: Extent, x: number, y: number): void {
  extent.area++;
  extent.left = Math.min(extent.left, x);
  extent.right = Math.max(extent.right, x);
  extent.bottom = y;
}

function toRegion({ area, left, right, top, bottom }: Extent): Region {
  return {
    area,
    box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
  };
}

/**
 * Leave-one-image-out scores: how strange each image's patches look to all other images.
 *
 * Each image lends some of its patches, drawn at random, to the others. A patch's distance to an
 * image is that to the nearest patch lent by it; its strangeness is the mean of its distances to
 * the few nearest images other than its own. Taking several keeps two images with the same flaw
 * from vouching for each other, and lending the same number of patches keeps every image
 * equally well served when its own are left out.
 */
import type { RunControl } from '../../core/progress.ts';
import type { Random } from '../../core/random.ts';
import { squaresLessOwn } from '../../detector/patchcore/squaredDistances.ts';
import { median } from '../../stats/robust.ts';
import { asFloat32, float32 } from '../../tensor/elementType.ts';
import { createGraph } from '../../tensor/graph.ts';
import { encodeModel } from '../../tensor/onnx/protoParts.ts';
import { add, mul, sqrtOfPositive } from '../../tensor/ops/elementwise.ts';
import { reshape } from '../../tensor/ops/layout.ts';
import { reduceMean, reduceMin, reduceSumSquare, topK } from '../../tensor/ops/reduce.ts';
import { openSession } from '../../tensor/session/session.ts';

/** Patches an image lends, as a share of those it has. */
const LENT = 1 / 8;
/** Images a patch is compared with, the nearest ones. */
const NEAREST = 3;
/** More than any squared distance between patches. */
const EXCLUDED = 1e30;

/**
 * @param images patches of each, as many in all: float32 [patches * dimension]
 * @param lenders of the images, the first, lend patches; default all. Others are compared with them
 * @returns strangeness of every patch, float32 [imageCount * patches]
 */
export async function leaveOneOut(
  images: readonly Float32Array[],
  dimension: number,
  random: Random,
  { onProgress, signal }: RunControl,
  lenders: number = images.length,
): Promise<Float32Array> {
  const patches = images[0]!.length / dimension;
  const lent = Math.max(1, Math.round(LENT * patches));
  const rows = lend(images.slice(0, lenders), dimension, lent, random);
  const neighbours = Math.min(NEAREST, lenders - 1);

  const graph = createGraph('leave one out');
  const x = graph.input('x', 'float32', [patches, dimension]);
  const own = graph.input('own', 'float32', [1, lenders]);
  const products = reshape(squaresLessOwn(x, rows), [patches, lenders, lent]);
  const squares = add(reduceMin(products, [2]), reduceSumSquare(x, [1], true));
  const others = add(squares, mul(own, EXCLUDED));
  const nearest = topK(others, neighbours, 'smallest').values;
  graph.output('strangeness', reduceMean(sqrtOfPositive(nearest), [1]));
  await using session = await openSession(encodeModel(graph.toModel()));

  const total = images.length;
  const strangeness = new Float32Array(total * patches);
  for (const [done, points] of images.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ step: 'comparing images', done, total });
    const mask = new Float32Array(lenders);
    if (done < lenders) mask[done] = 1;
    const found = await session.run({
      x: float32(points, [patches, dimension]),
      own: float32(mask, [1, lenders]),
    });
    strangeness.set(asFloat32(found.strangeness!), done * patches);
  }
  onProgress?.({ step: 'comparing images', done: total, total });
  return strangeness;
}

function lend(
  images: readonly Float32Array[],
  dimension: number,
  lent: number,
  random: Random,
): Float32Array {
  const places = Array.from({ length: images[0]!.length / dimension }, (_, i) => i);
  const rows = new Float32Array(images.length * lent * dimension);
  let row = 0;
  for (const points of images) {
    for (const place of random.shuffle(places).slice(0, lent)) {
      const patch = points.subarray(place * dimension, (place + 1) * dimension);
      rows.set(patch, row++ * dimension);
    }
  }
  return rows;
}

/** Share of an image's patches whose strangeness is averaged to its score. */
const STRANGEST = 0.03;

/**
 * One score an image: the mean of its strangest patches. Where a product is laid out alike, some
 * places vary more than others, so strangeness counts relative to the root of its median at that
 * place: half way between trusting the place and ignoring it.
 * @param reference of the images, the first, say what is usual; default all
 */
export function imageScores(
  strangeness: Float32Array,
  imageCount: number,
  reference: number = imageCount,
): number[] {
  const patches = strangeness.length / imageCount;
  const kept = Math.max(1, Math.round(STRANGEST * patches));
  const usual = Float64Array.from({ length: patches }, (_, place) =>
    median(Float32Array.from({ length: reference }, (_, i) => strangeness[i * patches + place]!)),
  );
  const floor = 1e-6 * Math.max(...usual) || 1;
  return Array.from({ length: imageCount }, (_, image) => {
    const own = strangeness.subarray(image * patches, (image + 1) * patches);
    const relative = own.map((value, place) => value / Math.sqrt(Math.max(usual[place]!, floor)));
    return (
      relative
        .sort()
        .subarray(patches - kept)
        .reduce((sum, value) => sum + value, 0) / kept
    );
  });
}

/** Where distances come from, in words. */
import type { ChannelGroup } from '../../../backbone/backbone.ts';
import type { Explanation } from '../../../result/analysis/interpretability.ts';

/** Of one image. */
export function explanationSentence(
  { patch, distance, typical, nearest, parts: shares }: Omit<Explanation, 'sentence'>,
  parts: readonly ChannelGroup[],
): string {
  const place = ({ image, row, column }: Explanation['patch']) =>
    `${image} at row ${row}, column ${column}`;
  const far = `${place(patch)} is ${distance.toPrecision(3)} from what was learnt`;
  const sentences = [`The patch of ${far}${comparedWithNormal(typical)}.`];
  if (nearest !== null) sentences.push(`The closest thing seen is ${place(nearest)}.`);
  if (parts.length > 1) sentences.push(sourcesSentence(shares, parts));
  return sentences.join(' ');
}

/** How many times as far as any normal image a patch lies that is said to be unlike anything. */
const UNLIKE = 1.5;

function comparedWithNormal(typical: Explanation['typical']): string {
  if (typical === null) return '';
  const { images, below, timesMedian, timesLargest } = typical;
  const median = timesMedian === null ? '' : `, ${timesMedian.toFixed(2)} times their median`;
  if (below < 1) {
    return `; ${percent(below)} of the ${images} normal validation images have no patch as far${median}`;
  }
  return timesLargest !== null && timesLargest < UNLIKE
    ? `, farther than any patch of the ${images} normal validation images${median}`
    : `, unlike anything seen: no patch of the ${images} normal validation images is nearly as far${median}`;
}

/** The two parts with the largest shares, and the one that takes most away. */
function sourcesSentence(shares: readonly number[], parts: readonly ChannelGroup[]): string {
  const order = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]! || a - b);
  const [first, second] = order as [number, number];
  const last = order.at(-1)!;
  const named = (part: number) => `${percent(shares[part]!)} from ${parts[part]!.name}`;
  const more = shares[second]! < 0 ? '' : `, ${named(second)}`;
  const taken =
    shares[last]! < -0.005
      ? `; ${parts[last]!.name} takes ${percent(-shares[last]!)} away, for its channels vary with the others`
      : '';
  return `${percent(shares[first]!)} of the squared distance comes from ${parts[first]!.name}${more}${taken}.`;
}

/** Of all images together. */
export function explanationsSentence(
  explanations: readonly Explanation[],
  parts: readonly ChannelGroup[],
): string {
  const own = explanations.filter(({ role }) => role === 'anomalous');
  if (own.length === 0) return 'There are no test images to explain.';
  const sentences: string[] = [];
  const compared = own.filter(({ typical }) => typical !== null);
  if (compared.length > 0) {
    const beyond = compared.filter(({ typical }) => typical!.below === 1).length;
    sentences.push(
      `In ${beyond} of the ${compared.length} images of the highest scores the farthest patch lies beyond those of all ${compared[0]!.typical!.images} normal validation images.`,
    );
  }
  const masked = own.filter(({ kind }) => kind === 'defect' || kind === 'background');
  if (masked.length > 0) {
    const hits = masked.filter(({ kind }) => kind === 'defect').length;
    sentences.push(`In ${hits} of the ${masked.length} with a mask it lies on the defect.`);
  }
  if (parts.length > 1) {
    const mean = parts.map(
      (_, part) => own.reduce((sum, { parts: shares }) => sum + shares[part]!, 0) / own.length,
    );
    sentences.push(`On average ${sourcesSentence(mean, parts)}`);
  }
  return sentences.length > 0
    ? sentences.join(' ')
    : 'There are no normal validation images to compare the largest distances with.';
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** What the pictures of patches show, in words. */
import type { Measure } from '../../../result/analysis/figure.ts';
import type { EmbeddingMap } from '../../../result/analysis/interpretability.ts';

export function embeddingSentence({ original, umap, tsne, settings }: EmbeddingMap): string {
  return `${separation(original.silhouette, umap.silhouette, tsne.silhouette)} ${faithfulness(
    umap.trustworthiness,
    tsne.trustworthiness,
    settings.nearest,
  )}`;
}

/** Words of Kaufman and Rousseeuw, "Finding groups in data" (1990), table 4 of chapter 2. */
function separation(original: Measure, umap: Measure, tsne: Measure): string {
  if (original.value === null)
    return `Whether defects keep apart is not computable: ${original.reason}.`;
  const { value } = original;
  const words =
    value > 0.7
      ? 'form groups of their own'
      : value > 0.5
        ? 'keep apart'
        : value > 0.25
          ? 'keep apart weakly'
          : 'do not form groups of their own';
  return `Defect patches and those of normal images ${words} in the detector's space (silhouette ${two(value)}; ${shown(umap)} in the UMAP, ${shown(tsne)} in the t-SNE picture).`;
}

function faithfulness(umap: Measure, tsne: Measure, nearest: number): string {
  if (umap.value === null) return `Trustworthiness is not computable: ${umap.reason}.`;
  return `Of ${nearest} neighbours each, trustworthiness is ${two(umap.value)} for UMAP and ${shown(tsne)} for t-SNE (1: all neighbours in the picture are neighbours for the detector).`;
}

const two = (value: number): string => value.toFixed(2);
const shown = ({ value }: Measure): string => (value === null ? 'not computable' : two(value));

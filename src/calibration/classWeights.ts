/**
 * A weight for each image, so that together they stand for a line with another share of anomalous
 * parts than the images have.
 * @param labels 0 normal, 1 anomalous
 * @param prevalence in (0, 1)
 * @returns they sum to 1; null without normal or without anomalous images
 */
export function classWeights(labels: ArrayLike<number>, prevalence: number): number[] | null {
  const all = Array.from(labels);
  const anomalous = all.reduce((sum, label) => sum + label, 0);
  const normal = all.length - anomalous;
  if (anomalous === 0 || normal === 0) return null;
  return all.map((label) => (label === 1 ? prevalence / anomalous : (1 - prevalence) / normal));
}

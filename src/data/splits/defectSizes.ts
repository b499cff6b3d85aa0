import type { Label } from '../dataset.ts';

/** The number of anomalous images of each defect type, in the order they come. */
export function defectSizes(
  images: readonly { readonly label: Label; readonly defectType: string }[],
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { label, defectType } of images) {
    if (label === 'anomalous') sizes.set(defectType, (sizes.get(defectType) ?? 0) + 1);
  }
  return sizes;
}

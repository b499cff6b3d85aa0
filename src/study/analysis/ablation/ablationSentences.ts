/** The ablations in words. */
import { percent } from '../../../calibration/percent.ts';
import type { AblationLevel, LayerImportance } from '../../../result/analysis/ablation.ts';

/**
 * The study's own choice and how the others compare; only what the interval of a difference
 * excludes zero for counts as one.
 */
export function factorSentence(title: string, levels: readonly AblationLevel[]): string {
  const base = levels.find((level) => level.base);
  const others = levels.filter((level) => level.change !== null);
  const own = base?.metrics.image_auroc?.value ?? null;
  if (own === null) {
    return `${title}: not computable, the test images are not of both classes.`;
  }
  const verdicts = others.map(({ label, metrics, change }) => ({
    label,
    auroc: metrics.image_auroc?.value ?? null,
    change: change?.image_auroc,
  }));
  const differ = verdicts.filter(({ change }) => excludesZero(change?.interval));
  const reference = `with ${base!.label}, as in the study, the image AUROC is ${decimals(own)}`;
  if (verdicts.length === 0) return `${title}: ${reference}.`;
  const alike = verdicts.filter((verdict) => !differ.includes(verdict));
  const parts = [
    ...differ.map(({ label, auroc, change }) => {
      const { low, high, confidence } = change!.interval!;
      return `${label} changes it by ${signed(change!.value!)} to ${decimals(auroc!)} (${percent(confidence)} interval of the change ${signed(low)} to ${signed(high)})`;
    }),
    ...(alike.length === 0
      ? []
      : [
          `no difference shown for ${alike.map(({ label, auroc }) => `${label} (${auroc === null ? 'not computable' : decimals(auroc)})`).join(', ')}`,
        ]),
  ];
  // By chance one interval in twenty excludes zero where there is nothing.
  const care = differ.length === 0 ? '' : ' Each interval stands for itself.';
  return `${title}: ${reference}; ${parts.join('; ')}.${care}`;
}

export function layerSentence(layers: readonly LayerImportance[]): string {
  const known = layers.filter(({ alone }) => alone !== null);
  if (known.length === 0) return 'Not computable: the test images are not of both classes.';
  const best = known.reduce((a, b) => (b.alone! > a.alone! ? b : a));
  const alone = known.map(({ layer, alone: value }) => `${layer} ${decimals(value!)}`).join(', ');
  const added = layers
    .filter((one) => one.added !== null)
    .map(({ layer, added: value }) => `${layer} ${signed(value!)}`)
    .join(', ');
  const rest = added === '' ? '' : ` Left out of all layers, each takes with it: ${added}.`;
  return `Alone, ${best.layer} separates best; image AUROC: ${alone}.${rest}`;
}

const excludesZero = (interval: { low: number; high: number } | null | undefined): boolean =>
  interval !== null && interval !== undefined && (interval.low > 0 || interval.high < 0);

const decimals = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;

/** What jobs take of a machine, by their kind. */
import type { Resources } from '../../pipeline/job.ts';

const MB = 1e6;
const CORES = 1;

/**
 * The most memory that a process had in use in jobs of a kind: in the experiments of bottle and
 * zipper of MVTec AD (209 and 200 training images, 224 pixels, ResNet-50), `measured.jobs` of the
 * result of `flawmap study` on two cores.
 */
const MEASURED_MB: Readonly<Record<string, number>> = {
  explore: 162,
  shift: 162,
  'pooled-gaussians': 261,
  embed: 375,
  bank: 484,
  global: 506,
  localise: 511,
  ladder: 517,
  scenario: 518,
  gaussians: 535,
  adapt: 537,
  score: 544,
  model: 659,
};

/** Other data has more images, or larger ones. */
const MARGIN = 1.5;

/** Of the kinds that have not been measured so: features and those of the analysis. */
const OTHERS: Resources = { memoryBytes: 2000 * MB, cores: CORES };

/** @param kind the name of the job's kind */
export function resourcesOf(kind: string): Resources {
  const measured = MEASURED_MB[kind];
  return measured === undefined ? OTHERS : { memoryBytes: MARGIN * measured * MB, cores: CORES };
}

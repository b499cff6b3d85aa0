/**
 * What the martingale bets with: densities on [0, 1], high where p-values gather once images no
 * longer come from where the calibration images came from. Each integrates to 1, so that a bet on
 * uniform p-values gains nothing on average.
 */

export type Bet = (p: number) => number;

/**
 * `share` of the stake on p-values up to `width`, the rest kept. Right after a change, an image is
 * beyond all n calibration images: among them and the k changed ones before it, its p-value is
 * uniform up to k / (n + k), which a step fits and a power does not.
 */
const step =
  (width: number, share: number): Bet =>
  (p) =>
    1 - share + (p <= width ? share / width : 0);

/** Gains less at once, and also from changes that leave most images within the old range. */
const root: Bet = (p) => 0.5 / Math.sqrt(p);

/**
 * On low p-values; the martingale takes each of them on high ones as well. Medians of 400 simulated
 * streams of normal numbers, 41 of them for calibration, alarm at 900 (nine descriptors, d = 1%): a
 * change beyond all of them is found after 5 images (the simple jumper of Vovk et al., "Retrain or
 * not retrain", 2021: 25; a mixture of powers: 7), one of two standard deviations after 9 (31; 13);
 * after 500 unchanged images it takes 7 (30; 36) and 13 (35; 61).
 */
export const BETS: readonly Bet[] = [step(0.05, 0.85), step(0.15, 0.85), step(0.3, 0.8), root];

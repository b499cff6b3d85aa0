// A threshold set on one day, used on another: which part of the loss does a new threshold repair?
import { evaluate } from 'flawmap';
import { category, fitted, paintedData, row, shiftedData } from './workspace.mjs';

/** Shares of defects found and of good images passed when everything above the threshold is stopped. */
function judged(images, threshold) {
  const share = (label, isRight) => {
    const same = images.filter((image) => image.label === label);
    return same.filter(({ score }) => isRight(score > threshold)).length / same.length;
  };
  return [share('anomalous', (above) => above), share('normal', (above) => !above)];
}

/** The F1-optimal threshold of labelled images. */
function bestThreshold(images) {
  const f1 = (threshold) => {
    const above = images.filter(({ score }) => score > threshold);
    const found = above.filter(({ label }) => label === 'anomalous').length;
    const all = images.filter(({ label }) => label === 'anomalous').length;
    return (2 * found) / (above.length + all);
  };
  const candidates = images.map(({ score }) => score - 1e-9);
  return candidates.reduce((best, next) => (f1(next) > f1(best) ? next : best));
}

console.log(row('', 'recall', 'specificity'));
for (const method of ['patchcore', 'padim']) {
  const model = await fitted(method);
  const clean = await evaluate({ model, data: await paintedData(), category });
  const shifted = await evaluate({ model, data: await shiftedData(), category });
  const stored = clean.threshold.image;
  console.log(row(`${method}, clean`, ...judged(clean.images, stored)));
  console.log(row(`${method}, shifted`, ...judged(shifted.images, stored)));
  // Every second image sets the threshold, the others are judged by it.
  const half = (parity) => shifted.images.filter((_, i) => i % 2 === parity);
  const set = bestThreshold(half(0));
  console.log(row(`${method}, shifted, new threshold`, ...judged(half(1), set)));
}

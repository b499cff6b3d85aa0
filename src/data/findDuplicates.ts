/** Images of a category that are one picture: byte for byte, or pixel for pixel otherwise saved. */
import type { CheckedSample } from './checkSample.ts';
import type { Problem } from './problem.ts';

/**
 * An error where training and test images, or good and defective ones, are the same picture: then
 * results are wrong. Elsewhere a warning: it counts twice.
 * @param samples in the order in which copies are to be named
 */
export function findDuplicates(samples: readonly CheckedSample[]): Problem[] {
  const groups = new Map<string, CheckedSample[]>();
  for (const checked of samples) {
    const hash = checked.pixelHash ?? checked.fileHash;
    if (hash === undefined) continue;
    const content = `${checked.sample.category} ${hash}`;
    const group = groups.get(content);
    if (group) group.push(checked);
    else groups.set(content, [checked]);
  }
  return [...groups.values()].filter((group) => group.length > 1).map(duplicateContent);
}

function duplicateContent(group: readonly CheckedSample[]): Problem {
  const [first, ...others] = group.map(({ sample }) => sample.path);
  const sameBytes = new Set(group.map(({ fileHash }) => fileHash)).size === 1;
  const message = `${first} ${sameBytes ? 'is the same file as' : 'shows the same pixels as'} ${others.join(', ')}`;
  const common = { kind: 'duplicate-content', path: first!, others } as const;
  if (new Set(group.map(({ sample }) => sample.phase)).size > 1) {
    return {
      ...common,
      severity: 'error',
      message: `${message}: it is trained on and tested on`,
      remedy: 'remove it from the training images, or test results will be too good',
    };
  }
  if (new Set(group.map(({ sample }) => sample.label)).size > 1) {
    return {
      ...common,
      severity: 'error',
      message: `${message}: it is labelled good and defective`,
      remedy: 'decide which it is, and remove the other',
    };
  }
  return { ...common, severity: 'warning', message, remedy: 'keep one of them' };
}

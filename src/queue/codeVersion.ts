/**
 * Which code computes: the versions of all kinds of jobs. Machines share work only where these are
 * the same, because another version of a kind leaves something else under another key.
 */
import { sha256 } from '../core/hash.ts';
import { canonicalJson } from '../pipeline/canonicalJson.ts';
import type { Registry } from '../pipeline/kind.ts';

/** By the kind's name. */
export type KindVersions = Readonly<Record<string, number>>;

export const versionsOf = (registry: Registry): KindVersions =>
  Object.fromEntries(Object.values(registry).map(({ name, version }) => [name, version]));

/** Equal where all versions are. */
export const codeOf = (versions: KindVersions): string =>
  sha256(canonicalJson(versions)).slice(0, 12);

/** `embed 2 (here 1), maps missing`: how others differ from ours; empty where they do not. */
export function describeDifference(theirs: KindVersions, ours: KindVersions): string {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  return names
    .filter((name) => theirs[name] !== ours[name])
    .map((name) => {
      if (theirs[name] === undefined) return `${name} missing`;
      return `${name} ${theirs[name]} (here ${ours[name] ?? 'missing'})`;
    })
    .join(', ');
}

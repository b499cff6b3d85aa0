/** What the missed images have in common, in words, each pattern with its test. */
import type { Defect, ErrorPattern } from '../../../result/analysis/errors.ts';
import { fisherExact } from '../../../stats/fisherExact.ts';
import { holm } from '../../../stats/holm.ts';
import { pText } from './errorWords.ts';
import type { Group, Grouping } from './groupDefects.ts';

/** Fewer missed images are no pattern. */
const FEWEST = 3;
const MOST_TOLD = 5;

interface Candidate {
  readonly words: string;
  readonly members: readonly number[];
  /** The other images that have the properties. */
  readonly others: readonly number[];
}

interface Tested {
  readonly words: string;
  readonly images: number;
  /** Places in the list of defects. */
  readonly missed: readonly number[];
  readonly others: ErrorPattern['others'];
  readonly pValue: number;
}

/**
 * Looks at every group, and at every type of defect within every other group. Which are looked at
 * depends on the groups' sizes, not on who is missed, so that correcting for their number is right.
 * Told are those of which surprisingly more are missed than of the other images, the most
 * surprising first, and whether that holds for as many groups as were looked at.
 * @param found of each defective image, whether it is judged anomalous
 * @param name of the method
 */
export function errorPatterns(
  defects: readonly Defect[],
  groupings: readonly Grouping[],
  found: readonly boolean[],
  confidence: number,
  name: string,
): ErrorPattern[] {
  const tested = candidatesOf(groupings).flatMap((candidate) => test(candidate, found));
  const corrected = holm(tested.map(({ pValue }) => pValue));
  const level = 1 - confidence;
  const told = new Set<string>();
  return tested
    .map((pattern, i) => ({ ...pattern, correctedPValue: corrected[i]! }))
    .filter((pattern) => pattern.pValue <= level && isPattern(pattern))
    .sort((a, b) => a.pValue - b.pValue)
    .filter(({ missed }) => {
      // The same missed images again say nothing new.
      const key = missed.join();
      return !told.has(key) && told.add(key);
    })
    .slice(0, MOST_TOLD)
    .map(({ words, missed, images, others, pValue, correctedPValue }): ErrorPattern => {
      const beyondChance = correctedPValue <= level;
      const counts = `${name} misses ${missed.length} of ${images} images ${words}, and ${others.missed} of the ${others.images} others`;
      const verdict = beyondChance
        ? `more than chance explains (Fisher's exact test, ${pText(pValue)}; corrected for ${tested.length} groups looked at, ${pText(correctedPValue)})`
        : `with ${tested.length} groups looked at, this may be chance (Fisher's exact test, ${pText(pValue)}; corrected, ${pText(correctedPValue)})`;
      return {
        sentence: `${counts}: ${verdict}.`,
        missed: missed.map((place) => defects[place]!.id),
        images,
        others,
        pValue,
        correctedPValue,
        groupsLookedAt: tested.length,
        beyondChance,
      };
    });
}

/** Nothing where none or all of these images are missed. */
function test({ words, members, others }: Candidate, found: readonly boolean[]): Tested[] {
  const missed = members.filter((place) => !found[place]);
  const elsewhere = others.filter((place) => !found[place]).length;
  const { pValue } = fisherExact([
    [missed.length, members.length - missed.length],
    [elsewhere, others.length - elsewhere],
  ]);
  const compared = { missed: elsewhere, images: others.length };
  return pValue === null
    ? []
    : [{ words, images: members.length, missed, others: compared, pValue }];
}

const isPattern = ({ missed, images, others }: Tested): boolean =>
  missed.length >= FEWEST && missed.length / images > others.missed / others.images;

/** No two of the same images, simple groups before those within a type. */
function candidatesOf(groupings: readonly Grouping[]): Candidate[] {
  const types = groupings.find(({ property }) => property === 'type')?.groups ?? [];
  const simple = groupings.flatMap(({ groups }) =>
    groups.map((group) => candidate(group.words, group.members, groups)),
  );
  const within = groupings
    .filter(({ property }) => property !== 'type')
    .flatMap(({ groups }) =>
      types.flatMap((type) =>
        groups.map((group) => {
          const ofType = new Set(type.members);
          const members = group.members.filter((place) => ofType.has(place));
          return candidate(`${type.words} ${group.words}`, members, groups);
        }),
      ),
    );
  const seen = new Set<string>();
  return [...simple, ...within].filter(({ members, others }) => {
    const key = members.join();
    if (members.length < FEWEST || others.length === 0 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function candidate(words: string, members: readonly number[], groups: readonly Group[]): Candidate {
  const own = new Set(members);
  const all = groups.flatMap((group) => group.members);
  return { words, members, others: all.filter((place) => !own.has(place)) };
}

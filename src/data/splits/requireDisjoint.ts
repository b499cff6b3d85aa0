/** No picture may be in two parts: what was learnt must not be measured. */
import { type FlawmapError, inputError } from '../../core/error.ts';
import { type CategorySplit, PARTS, type Part, type SplitImage } from './split.ts';

interface Place {
  readonly category: string;
  readonly part: Part;
  readonly image: SplitImage;
}

/**
 * Compares names within a category, and the files' content among all categories: one model of all
 * of them must not be tested on what it has learnt either. A link to a file has its content. The
 * same content twice in one part is accepted, unless it is called good and anomalous.
 * @param file where the split was read from, if it was
 * @throws FlawmapError (input) naming both pictures, and the file
 */
export function requireDisjoint(categories: readonly CategorySplit[], file?: string): void {
  const inFile = (found: string) => (file === undefined ? found : `${found}, in ${file}`);
  const byName = new Map<string, Place>();
  const byContent = new Map<string, Place>();
  for (const split of categories) {
    for (const part of PARTS) {
      for (const image of split[part]) {
        const place = { category: split.category, part, image };
        const name = nameOf(place);
        const namesake = byName.get(name);
        if (namesake) throw inTwoParts(namesake, place, inFile(`both lists have ${name}`));
        byName.set(name, place);
        const twin = byContent.get(image.sha256);
        if (twin === undefined) byContent.set(image.sha256, place);
        else if (twin.part !== part) {
          throw inTwoParts(twin, place, inFile('both files have this content'));
        } else if (twin.image.label !== image.label) throw underTwoLabels(twin, place);
      }
    }
  }
}

const nameOf = ({ category, image }: Place): string => `${category}/${image.id}`;

function inTwoParts(first: Place, second: Place, found: string): FlawmapError {
  return inputError({
    what: `the same picture is ${nameOf(first)} in ${first.part} and ${nameOf(second)} in ${second.part}`,
    expected: 'every picture in one part of the split only',
    found,
    remedy: 'remove one of the two, or the results will be too good',
  });
}

function underTwoLabels(first: Place, second: Place): FlawmapError {
  return inputError({
    what: `the same picture is ${nameOf(first)}, ${first.image.label}, and ${nameOf(second)}, ${second.image.label}`,
    expected: 'every picture under one label only',
    remedy: 'decide which it is, and remove the other',
  });
}

import type { StudyCategory, StudyInput } from '../plan/studyInput.ts';

/** Categories of a study that is to be larger, and of the measured one the category each is like. */
export interface ManyCategories {
  readonly input: StudyInput;
  /** By name of the new category. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Repeats a study's categories in turn, under new names, until there are so many. */
export function manyCategories(input: StudyInput, count: number): ManyCategories {
  const sources = new Map<string, string>();
  const categories = Array.from({ length: count }, (_, at): StudyCategory => {
    const source = input.categories[at % input.categories.length]!;
    const round = Math.floor(at / input.categories.length);
    const name = round === 0 ? source.name : `${source.name}-${round + 1}`;
    sources.set(name, source.name);
    return { ...source, name, split: { ...source.split, category: name } };
  });
  return { input: { ...input, categories }, sources };
}

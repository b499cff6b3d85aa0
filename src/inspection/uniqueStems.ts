/** Names of images without their extension; with it where that alone tells two images apart. */
export function uniqueStems(names: readonly string[]): ReadonlyMap<string, string> {
  const stemOf = (name: string) => name.replace(/\.[^./]+$/, '');
  const taken = new Map<string, number>();
  for (const name of names) taken.set(stemOf(name), (taken.get(stemOf(name)) ?? 0) + 1);
  return new Map(names.map((name) => [name, taken.get(stemOf(name)) === 1 ? stemOf(name) : name]));
}

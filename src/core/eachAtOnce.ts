/**
 * Works on all items, at most `most` at a time, each begun in order.
 * @throws the first failure, when what was begun has ended; nothing is begun after it
 */
export async function eachAtOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  const takeTurns = async () => {
    for (const item of left) {
      await work(item).catch((error: unknown) => {
        failure ??= { error };
      });
      if (failure !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: most }, takeTurns));
  if (failure !== undefined) throw failure.error;
}

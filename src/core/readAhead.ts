/**
 * Results in the order of the items, the next ones already in the making while one is in use.
 * Whoever leaves early, by an error or not, waits for those.
 * @param ahead how many are in the making or wait at once, at least 1; asked for before each
 */
export async function* readAhead<T, R>(
  items: readonly T[],
  make: (item: T) => Promise<R>,
  ahead: number | (() => number),
): AsyncGenerator<R> {
  const queue: Promise<R>[] = [];
  let next = 0;
  try {
    for (let done = 0; done < items.length; done++) {
      const most = typeof ahead === 'number' ? ahead : ahead();
      while (queue.length < most && next < items.length) {
        const making = make(items[next++]!);
        // A failure is met when its turn comes; until then it must not count as unhandled.
        making.catch(() => {});
        queue.push(making);
      }
      yield await queue.shift()!;
    }
  } finally {
    await Promise.allSettled(queue);
  }
}

/**
 * Results in the order of the items, the next ones already in the making while one is in use. A
 * failure, of an item or of what is made of it, is met in its turn. Whoever leaves early, by an error or
 * not, waits for what is in the making.
 * @param ahead how many are in the making or wait at once, at least 1; asked for before each
 */
export async function* readAhead<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  make: (item: T) => Promise<R>,
  ahead: number | (() => number),
): AsyncGenerator<R> {
  const source =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const queue: Promise<R>[] = [];
  try {
    for (let ended = false; !ended || queue.length > 0; ) {
      const most = typeof ahead === 'number' ? ahead : ahead();
      while (!ended && queue.length < most) {
        const taken = (async () => source.next())();
        const item = await taken.catch(() => undefined);
        ended = item === undefined || item.done === true;
        if (item === undefined) queue.push(taken as Promise<never>);
        else if (!item.done) queue.push(make(item.value));
        // It must not count as unhandled until then.
        queue.at(-1)?.catch(() => {});
      }
      if (queue.length > 0) yield await queue.shift()!;
    }
  } finally {
    await Promise.allSettled(queue);
    await source.return?.();
  }
}

/**
 * What is made of each item, in order, the next ones already in the making. A failure, of an item or
 * of what is made of it, is met in its turn. Whoever leaves early, by an error or not, waits for what
 * is in the making.
 * @param ahead how many are in the making or wait at once, at least 1
 */
export async function* overlap<T, R>(
  items: AsyncIterable<T>,
  make: (item: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]();
  const queue: Promise<R>[] = [];
  try {
    for (let ended = false; !ended || queue.length > 0; ) {
      while (!ended && queue.length < ahead) {
        const taken = source.next();
        const item = await taken.catch(() => undefined);
        ended = item === undefined || item.done === true;
        if (item === undefined) queue.push(taken as Promise<never>);
        else if (!item.done) queue.push(make(item.value));
        // A failure must not count as unhandled until then.
        queue.at(-1)?.catch(() => {});
      }
      if (queue.length > 0) yield await queue.shift()!;
    }
  } finally {
    await Promise.allSettled(queue);
    await source.return?.();
  }
}

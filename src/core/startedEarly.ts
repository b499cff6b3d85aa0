/**
 * Has a source make its first item at once, not when it is asked for. A failure is met by whoever asks;
 * whoever does not go through all of it returns it.
 */
export function startedEarly<T>(source: AsyncGenerator<T>): AsyncIterableIterator<T> {
  let first: Promise<IteratorResult<T>> | undefined = source.next();
  // Until it is asked for, it must not count as unhandled.
  first.catch(() => {});
  return {
    next() {
      const next = first ?? source.next();
      first = undefined;
      return next;
    },
    return: () => source.return(undefined),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export interface OpenedEarly<T> extends AsyncDisposable {
  readonly opened: Promise<T>;
}

/**
 * What is opened while other things are done, to be used with `await using`: it is closed in the end
 * also where these have failed, and nobody asks for it any more.
 */
export function openedEarly<T extends AsyncDisposable>(opened: Promise<T>): OpenedEarly<T> {
  // Until it is asked for, a failure must not count as unhandled.
  const settled = opened.catch(() => undefined);
  return {
    opened,
    async [Symbol.asyncDispose]() {
      await (await settled)?.[Symbol.asyncDispose]();
    },
  };
}

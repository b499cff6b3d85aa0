/**
 * A session on a graphics card, and what takes its place when the card fails: it may be taken away at
 * any time, and kernels that it refuses leave wrong numbers behind without any error of the runtime.
 */
import type { WebSession, WebTensor } from '../../src/browser/browser.ts';

/** What is used of a GPUDevice. */
export interface WatchedDevice extends EventTarget {
  readonly lost: Promise<{ readonly message: string }>;
}

export interface WatchedSession<T extends WebTensor> {
  readonly session: WebSession<T>;
  /** Why the card is not used any more; undefined while it is. */
  failure(): string | undefined;
}

/** @param openPlain opens the same model without the card; called once at most */
export function watchGpu<T extends WebTensor>(
  gpu: WebSession<T>,
  device: WatchedDevice,
  openPlain: () => Promise<WebSession<T>>,
): WatchedSession<T> {
  let failure: string | undefined;
  let plain: Promise<WebSession<T>> | undefined;
  const fail = (why: string) => {
    failure ??= why;
  };
  const onError = (event: Event) => fail((event as GPUUncapturedErrorEvent).error.message);
  device.addEventListener('uncapturederror', onError);
  void device.lost.then(({ message }) => fail(message || 'the graphics card was taken away'));

  const runGpu: WebSession<T>['run'] = async (feeds) => {
    try {
      return await gpu.run(feeds);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
      return {};
    }
  };
  return {
    failure: () => failure,
    session: {
      async run(feeds) {
        if (failure === undefined) {
          const outputs = await runGpu(feeds);
          // Set in the meantime, by an event.
          if ((failure as string | undefined) === undefined) return outputs;
        }
        plain ??= openPlain();
        return (await plain).run(feeds);
      },
      async release() {
        device.removeEventListener('uncapturederror', onError);
        await (await plain)?.release();
        await gpu.release();
      },
    },
  };
}

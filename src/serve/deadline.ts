/** Until when a request must be answered; its signal is aborted then, or when the client is gone. */
import { Refusal } from './problem.ts';

export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** The body is there: from now on it is the server that is late. */
  bodyRead(): void;
}

/** Nobody hears of it; the logs of web servers call it so. */
const CLIENT_GONE = 499;

/**
 * @param client aborted when the client is gone
 * @param remedy what a client can do that has not sent its body by then
 */
export function createDeadline(
  seconds: number,
  client: AbortSignal,
  remedy = 'send a smaller body, or start the server with a longer --timeout',
): Deadline {
  const controller = new AbortController();
  let late = clientLate(seconds, remedy);
  const timer = setTimeout(() => controller.abort(late), 1000 * seconds);
  const leave = () =>
    controller.abort(new Refusal(CLIENT_GONE, { what: 'the client closed the connection' }));
  if (client.aborted) leave();
  client.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    bodyRead() {
      late = serverLate(seconds);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      client.removeEventListener('abort', leave);
    },
  };
}

const clientLate = (seconds: number, remedy: string) =>
  new Refusal(408, {
    what: 'the body did not arrive in time',
    expected: `all of it within ${seconds} s`,
    remedy,
  });

const serverLate = (seconds: number) =>
  new Refusal(504, {
    what: 'the image was not judged in time',
    expected: `an answer within ${seconds} s`,
    remedy: 'send fewer images at once, or start the server with a longer --timeout',
  });

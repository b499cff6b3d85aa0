/** The worker that runs models, as functions. */
import { type ErrorDetails, FlawmapError } from '../../src/core/error.ts';
import type { OrderStatisticBand } from '../../src/stats/orderStatisticBand.ts';
import type {
  Call,
  Calls,
  FromWorker,
  InspectedPhoto,
  OpenedModel,
  ToWorker,
} from '../worker/protocol.ts';

export interface Engine {
  /** The bytes are handed over; they cannot be used afterwards. */
  open(ask: Calls['open']['ask']): Promise<OpenedModel>;
  inspect(ask: Calls['inspect']['ask']): Promise<InspectedPhoto>;
  /** Of the rates of n images: `rateBand`. */
  band(n: number): Promise<OrderStatisticBand>;
}

interface Waiting {
  resolve(answer: Calls[Call]['answer']): void;
  reject(error: Error): void;
}

/** Calls are answered in turn. A worker that dies, as it does without memory, fails those that wait. */
export function startEngine(address: URL): Engine {
  let worker: Worker | undefined;
  let calls = 0;
  const waiting = new Map<number, Waiting>();

  function start(): Worker {
    const started = new Worker(address, { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      const call = waiting.get(data.id);
      waiting.delete(data.id);
      if ('answer' in data) call?.resolve(data.answer);
      else call?.reject(new FlawmapError('input', data.error));
    });
    started.addEventListener('error', (event) => {
      event.preventDefault();
      worker = undefined;
      started.terminate();
      for (const { reject } of waiting.values())
        reject(new FlawmapError('environment', died(event)));
      waiting.clear();
    });
    return started;
  }

  function call<Kind extends Call>(
    kind: Kind,
    ask: Calls[Kind]['ask'],
    handedOver: Transferable[],
  ): Promise<Calls[Kind]['answer']> {
    worker ??= start();
    const id = ++calls;
    const answered = new Promise<Calls[Call]['answer']>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
    worker.postMessage({ id, kind, ask } as ToWorker, handedOver);
    return answered as Promise<Calls[Kind]['answer']>;
  }

  return {
    open: (ask) => call('open', ask, [ask.bytes]),
    band: (n) => call('band', { n, name: 'the threshold' }, []),
    inspect: (ask) => call('inspect', ask, ask.source instanceof ImageBitmap ? [ask.source] : []),
  };
}

function died(event: ErrorEvent): ErrorDetails {
  return {
    what: 'the part of the page that runs models has stopped',
    found: event.message || 'no reason given; often there is no memory left',
    remedy: 'open the model again; close other tabs if it stops again',
  };
}

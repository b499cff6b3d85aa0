/** One model several times, each in a thread of its own: as many runs at once. */
import { sessionDevice } from './device.ts';
import { openSession, type Session, type SessionOptions, sessionThreads } from './session.ts';
import { openThreadSession } from './threadSession.ts';

export interface SessionPool extends Session {
  /** Runs that are computed at once; more of them wait. */
  readonly width: number;
}

/** Runs to ask a pool for at once: one more than it computes is there when a session has ended its run. */
export const poolAhead = ({ width }: Pick<SessionPool, 'width'>): number =>
  width === 1 ? 1 : width + 1;

/** Each has the weights once more. */
const MOST_SESSIONS = 4;
/** To open another session takes about as long as so many runs. */
const RUNS_WORTH_A_SESSION = 10;

/**
 * @param runs how many there will be, about: few are not worth several sessions
 * @throws FlawmapError as `openSession`
 */
export async function openSessionPool(
  model: Uint8Array,
  runs: number,
  options: SessionOptions = {},
): Promise<SessionPool> {
  const { device = sessionDevice(), threads = sessionThreads() } = options;
  const worthwhile = Math.floor(runs / RUNS_WORTH_A_SESSION);
  const width = device === 'cpu' ? Math.min(MOST_SESSIONS, threads, worthwhile) : 1;
  if (width <= 1) return { ...(await openSession(model, options)), width: 1 };
  const each = { ...options, threads: Math.max(1, Math.floor(threads / width)) };
  const opened = await Promise.allSettled(
    Array.from({ length: width }, () => openThreadSession(new Uint8Array(model), each)),
  );
  const sessions = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const close = async () => {
    await Promise.all(sessions.map((session) => session.close()));
  };
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const busy = sessions.map(() => 0);
  return {
    width,
    inputs: sessions[0]!.inputs,
    outputs: sessions[0]!.outputs,
    async run(feeds, outputs) {
      const at = busy.indexOf(Math.min(...busy));
      busy[at]!++;
      try {
        return await sessions[at]!.run(feeds, outputs);
      } finally {
        busy[at]!--;
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Requests at a rate, whether answers come or not, and what became of each of them. */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Outcome {
  /** HTTP status; undefined: the connection ended without an answer. */
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly milliseconds: number;
  readonly body: string;
}

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export const createAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 512 });

/** Never rejects. */
export function post({ url, headers, body }: Load, agent: Agent): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (status: number | undefined, retryAfter: string | undefined, text: string) =>
      resolve({ status, retryAfter, body: text, milliseconds: performance.now() - started });
    const length = { 'content-length': body.length };
    const asked = request(url, { method: 'POST', agent, headers: { ...headers, ...length } });
    asked.once('error', (error) => end(undefined, undefined, String(error)));
    asked.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.once('end', () => end(response.statusCode, response.headers['retry-after'], text));
      response.once('error', (error) => end(undefined, undefined, String(error)));
    });
    asked.end(body);
  });
}

/** @param rate requests a second, evenly spaced */
export async function atRate(load: Load, rate: number, seconds: number): Promise<Outcome[]> {
  const agent = createAgent();
  const outcomes: Promise<Outcome>[] = [];
  const started = performance.now();
  for (;;) {
    const passed = (performance.now() - started) / 1000;
    if (passed >= seconds) break;
    while (outcomes.length < passed * rate) outcomes.push(post(load, agent));
    await wait(2);
  }
  const all = await Promise.all(outcomes);
  agent.destroy();
  return all;
}

/** What a server does a second when so many clients ask again as soon as they have an answer. */
export async function sustainableRate(
  load: Load,
  clients: number,
  seconds: number,
): Promise<number> {
  const agent = createAgent();
  const started = performance.now();
  let answers = 0;
  const client = async () => {
    while (performance.now() - started < 1000 * seconds) {
      if ((await post(load, agent)).status === 200) answers++;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return answers / ((performance.now() - started) / 1000);
}

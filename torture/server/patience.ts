/** Clients that take their time, and those that come in masses. */
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAgent, type Load, type Outcome, post } from '../../bench/support/httpLoad.ts';
import type { TortureRow } from '../part.ts';
import { answerOf, open, type RawAnswer, statusesIn } from './rawClient.ts';
import type { TorturedServer } from './startServer.ts';

const BYTE_MS = 1000;

/** Sends a byte a second until the server has had enough. */
async function drip(port: number, first: string, patienceMs: number): Promise<RawAnswer> {
  const socket = await open(port);
  socket.write(first);
  const dripping = setInterval(() => socket.write('x'), BYTE_MS);
  try {
    return await answerOf(socket, patienceMs);
  } finally {
    clearInterval(dripping);
  }
}

async function dripAll(server: TorturedServer, count: number, first: string, patienceMs: number) {
  const drips: Promise<RawAnswer>[] = [];
  for (let i = 0; i < count; i++) {
    drips.push(drip(server.port, first, patienceMs));
    // No more at once than the system's list of waiting connections.
    if (i % 100 === 99) await wait(20);
  }
  return drips;
}

const HOST = 'Host: 127.0.0.1\r\n';

export async function slowHeaders(
  server: TorturedServer,
  load: Load,
  count: number,
): Promise<TortureRow> {
  const drips = await dripAll(server, count, `GET /healthz HTTP/1.1\r\n${HOST}X: `, 30_000);
  const beside = await oneAfterTheOther(load, 20);
  const answers = await Promise.all(drips);
  const cut = answers.filter(({ milliseconds }) => milliseconds !== undefined);
  const longest = seconds(cut.map(({ milliseconds }) => milliseconds!));
  const served = beside.filter(({ status }) => status === 200);
  return {
    group: 'load held',
    what: 'connections that send a byte of a header a second',
    count,
    outcome: `${cut.length} ended by the server, the last after ${longest} s; beside them ${served.length} of ${beside.length} images answered, slowest ${slowest(served)} ms`,
    passed: cut.length === count && served.length === beside.length,
  };
}

export async function slowBodies(
  server: TorturedServer,
  load: Load,
  count: number,
): Promise<TortureRow> {
  const path = new URL(load.url).pathname;
  const head = `POST ${path} HTTP/1.1\r\n${HOST}Content-Type: image/png\r\nContent-Length: 100000\r\n\r\n`;
  const answers = await Promise.all(await dripAll(server, count, head, 40_000));
  const of = (status: number) => answers.filter(({ statuses }) => statuses[0] === status);
  const longest = seconds(of(408).map(({ milliseconds }) => milliseconds ?? 40_000));
  const after = await oneAfterTheOther(load, 5);
  const served = after.filter(({ status }) => status === 200).length;
  return {
    group: 'load held',
    what: 'connections that send a byte of an image a second',
    count,
    outcome: `${of(429).length} refused with 429, ${of(408).length} given up with 408, the last after ${longest} s; then ${served} of ${after.length} images answered`,
    passed: of(429).length + of(408).length === count && served === after.length,
  };
}

/** Each is used once, and kept open. */
export async function manyConnections(
  server: TorturedServer,
  load: Load,
  count: number,
  signal: AbortSignal,
): Promise<TortureRow> {
  const before = server.residentMegabytes();
  const held: Socket[] = [];
  try {
    let answered = 0;
    for (let i = 0; i < count; i += 100) {
      signal.throwIfAborted();
      const some = await Promise.all(
        Array.from({ length: Math.min(100, count - i) }, () => open(server.port)),
      );
      held.push(...some);
      const statuses = await Promise.all(some.map(askHealth));
      answered += statuses.filter((status) => status === 200).length;
    }
    const beside = await oneAfterTheOther(load, 20);
    const served = beside.filter(({ status }) => status === 200);
    const still = held.filter((socket) => !socket.destroyed).length;
    const more = server.residentMegabytes() - before;
    return {
      group: 'load held',
      what: 'connections open at once',
      count,
      outcome: `${answered} answered and ${still} held, ${more} MB more; beside them ${served.length} of ${beside.length} images answered, slowest ${slowest(served)} ms`,
      passed: answered === count && still === count && served.length === beside.length,
    };
  } finally {
    for (const socket of held) socket.destroy();
  }
}

/** @param server with so low a limit of open files that they cannot all be held */
export async function tooManyConnections(
  server: TorturedServer,
  load: Load,
  count: number,
): Promise<TortureRow> {
  const sockets = await Promise.all(Array.from({ length: count }, () => open(server.port)));
  const statuses = await Promise.all(sockets.map(askHealth));
  const inside = sockets.filter((_, i) => statuses[i] === 200);
  const again = await Promise.all(inside.map(askHealth));
  const stayed = again.filter((status) => status === 200).length;
  for (const socket of sockets) socket.destroy();
  await wait(500);
  const after = await oneAfterTheOther(load, 5);
  const served = after.filter(({ status }) => status === 200).length;
  const counted = await server.metric('flawmap_refusals_total{reason="connections"}');
  return {
    group: 'load held',
    what: 'connections to a server that may have 256 files open',
    count,
    outcome: `${inside.length} held and ${stayed} of them answered again, ${counted} closed at once; then ${served} of ${after.length} images answered`,
    passed:
      inside.length > 50 &&
      inside.length < 256 &&
      stayed === inside.length &&
      counted === count - inside.length &&
      served === after.length,
  };
}

function askHealth(socket: Socket): Promise<number | undefined> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(undefined);
    const gone = () => resolve(undefined);
    socket.once('close', gone);
    socket.once('data', (piece: Buffer) => {
      socket.off('close', gone);
      resolve(statusesIn(piece.toString('latin1'))[0]);
    });
    socket.write(`GET /healthz HTTP/1.1\r\n${HOST}\r\n`);
  });
}

async function oneAfterTheOther(load: Load, count: number): Promise<Outcome[]> {
  const agent = createAgent();
  const outcomes: Outcome[] = [];
  for (let i = 0; i < count; i++) outcomes.push(await post(load, agent));
  agent.destroy();
  return outcomes;
}

const slowest = (of: readonly Outcome[]) =>
  Math.round(Math.max(0, ...of.map(({ milliseconds }) => milliseconds)));
const seconds = (milliseconds: readonly number[]) =>
  Math.round(Math.max(0, ...milliseconds) / 1000);

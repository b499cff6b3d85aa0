/** Connections that say what no library would. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** Of every answer on the connection. */
  readonly statuses: readonly number[];
  readonly text: string;
  /** Until the server had ended it; undefined: it had not by then. */
  readonly milliseconds: number | undefined;
}

export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Resolves when it is open; never rejects: a refused connection is closed at once. */
export function open(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(socket));
    socket.on('error', () => {});
  });
}

/**
 * Sends bytes, says that this was all, and waits until the server ends the connection.
 * @param patienceMs after which it is given up
 */
export async function exchange(
  port: number,
  bytes: Uint8Array,
  patienceMs: number,
): Promise<RawAnswer> {
  const socket = await open(port);
  socket.end(bytes);
  return answerOf(socket, patienceMs);
}

/** All that comes on a connection until the server ends it. */
export function answerOf(socket: Socket, patienceMs: number): Promise<RawAnswer> {
  const started = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const end = (ended: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      const milliseconds = ended ? performance.now() - started : undefined;
      resolve({ statuses: statusesIn(text), text, milliseconds });
    };
    const timer = setTimeout(() => end(false), patienceMs);
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
    });
    socket.once('close', () => end(true));
    if (socket.destroyed) end(true);
  });
}

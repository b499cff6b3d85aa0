/** A Redis server of the benchmark's own, in a folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openRedis } from '../../src/queue/redisServer.ts';

export interface OwnRedis {
  readonly url: string;
  /** Kills it as a crash does, and starts it with what its append-only file has. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder of its append-only file */
export async function ownRedis(folder: string): Promise<OwnRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const launch = async (): Promise<ChildProcess> => {
    const server = spawn('redis-server', [...args, '--appendonly', 'yes'], { stdio: 'ignore' });
    for (;;) {
      const redis = await openRedis(url).catch(() => undefined);
      redis?.disconnect();
      if (redis !== undefined) return server;
      await wait(50);
    }
  };
  let server = await launch();
  const kill = async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    async crash() {
      await kill();
      server = await launch();
    },
    stop: kill,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

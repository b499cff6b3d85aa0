/** A Redis server of a test's or benchmark's own: a real one, on a free port, in a folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';

export const REDIS_SERVER = process.env.REDIS_SERVER_PATH ?? '/usr/bin/redis-server';

/** Why tests that need one are skipped; undefined: it is there. */
export const noRedis = existsSync(REDIS_SERVER)
  ? undefined
  : `there is no redis-server at ${REDIS_SERVER} (apt-get install redis-server)`;

export interface RedisServer {
  readonly url: string;
  /** Kills it, as a crash does, and starts it again with what its append-only file has. */
  restart(): Promise<void>;
  /** Without an answer for a while: it is killed, and started again later. */
  away(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param flushed when its append-only file is; `everysec` is the server's own default */
export async function startRedis(flushed: 'always' | 'everysec' = 'always'): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'flawmap redis '));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await launch(folder, port, flushed);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    async restart() {
      await kill();
      server = await launch(folder, port, flushed);
    },
    async away(milliseconds) {
      await kill();
      await wait(milliseconds);
      server = await launch(folder, port, flushed);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number, flushed: string): Promise<ChildProcess> {
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes'];
  const args = ['--port', String(port), '--dir', folder, ...settings, '--appendfsync', flushed];
  const server = spawn(REDIS_SERVER, args, { stdio: 'ignore' });
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, lazyConnect: true });
  redis.on('error', () => {});
  try {
    await redis.connect().catch(() => {});
    // Answers only once its append-only file is read.
    while ((await redis.ping().catch(() => '')) !== 'PONG') await wait(20);
  } finally {
    redis.disconnect();
  }
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

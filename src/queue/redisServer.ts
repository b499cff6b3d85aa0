/** The Redis server that the machines of a pool meet on. */
import { Redis } from 'ioredis';
import { environmentError, messageOf, usageError } from '../core/error.ts';
import { withoutPassword } from '../core/withoutPassword.ts';

/** A server that does not answer at all is not waited for longer. */
const CONNECT_MS = 5_000;
/** Between two tries to find a server again that was lost. */
const RETRY_MS = { least: 50, most: 2_000 } as const;

/**
 * Connects. Once it has answered, a server that is lost is waited for: what was asked meanwhile is
 * asked again when it is back.
 * @param url `redis://HOST`, `redis://HOST:PORT/DB`, `rediss://USER:PASSWORD@HOST`
 * @throws FlawmapError (usage) for another address, (environment) where nothing answers or the
 * server is of no use
 */
export async function openRedis(url: string): Promise<Redis> {
  if (!/^rediss?:\/\/[^/\s]/.test(url)) {
    throw usageError({
      what: 'this is no address of a Redis server',
      expected: 'redis://HOST, redis://HOST:PORT or redis://HOST:PORT/DATABASE',
      found: withoutPassword(url),
      remedy: 'correct the address in --queue',
    });
  }
  const shown = withoutPassword(url);
  let hasAnswered = false;
  let lost = 'no answer';
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) =>
      hasAnswered ? Math.min(RETRY_MS.least * 2 ** times, RETRY_MS.most) : null,
  });
  // Without a listener it would print; whoever asks something hears of a failure.
  redis.on('error', (error) => {
    lost = messageOf(error) || String((error as { code?: unknown }).code);
  });
  try {
    await redis.connect();
    await redis.ping();
    hasAnswered = true;
    await requireStreams(redis, shown);
  } catch (error) {
    redis.disconnect();
    if (hasAnswered) throw error;
    const refused = messageOf(error);
    throw environmentError({
      what: `the Redis server at ${shown} cannot be used`,
      expected: 'a Redis server of version 6.2 or later that answers',
      found: /closed/i.test(refused) ? lost : refused,
      remedy: 'start one (`redis-server --appendonly yes`), or correct the address in --queue',
      cause: error,
    });
  }
  return redis;
}

/** BullMQ needs what Redis has had since 6.2. */
async function requireStreams(redis: Redis, shown: string): Promise<void> {
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 6 || (major === 6 && minor >= 2)) return;
  throw environmentError({
    what: `the Redis server at ${shown} is too old`,
    expected: 'version 6.2 or later',
    found: version,
    remedy: 'update it, or name another server in --queue',
  });
}

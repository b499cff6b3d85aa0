import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { hugePages, type Program, startWithHugePages } from './hugePages.ts';

const MADVISE = 'always [madvise] never\n';
const OWN = { GLIBC_TUNABLES: 'glibc.malloc.check=1' };
const OURS = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1' };

describe('hugePages', () => {
  it.each([
    ['possible', {}, MADVISE],
    ['used', OURS, MADVISE],
    ['own', OWN, MADVISE],
    ['no', {}, '[always] madvise never\n'],
    ['no', {}, 'always madvise [never]\n'],
    ['no', {}, ''],
  ])('%s where the environment has %j and the system says %s', (expected, environment, enabled) => {
    expect(hugePages(environment, enabled)).toBe(expected);
  });

  it('are what a program with the variable gets, where it does not get them anyway', () => {
    const usedBy = (environment: NodeJS.ProcessEnv) => {
      const script = `
        const memory = Buffer.alloc(1 << 26, 1);
        const rollup = '/proc/self/smaps_rollup';
        console.log(process.platform === 'linux' && require('node:fs').readFileSync(rollup, 'utf8'));`;
      const rollup = execFileSync(process.execPath, ['-e', script], {
        env: { PATH: process.env.PATH, ...environment },
        encoding: 'utf8',
      });
      return Number(/AnonHugePages:\s+(\d+) kB/.exec(rollup)?.[1] ?? 0);
    };
    const gains = usedBy(OURS) > usedBy({}) + 30_000;
    expect(gains).toBe(hugePages({}) === 'possible');
  });
});

describe('startWithHugePages', () => {
  const started: unknown[][] = [];
  const program: Program = {
    execPath: '/usr/bin/node',
    execArgv: ['--no-warnings'],
    argv: ['/usr/bin/node', '/usr/bin/flawmap', 'fit', 'my data'],
    env: { HOME: '/home/me' },
    execve: (...call: unknown[]) => void started.push(call),
  };
  beforeEach(() => {
    started.length = 0;
  });

  it('starts the same program with the same arguments, where that helps', () => {
    startWithHugePages(program);
    const args = ['/usr/bin/node', '--no-warnings', '/usr/bin/flawmap', 'fit', 'my data'];
    const call = ['/usr/bin/node', args, { HOME: '/home/me', ...OURS }];
    expect(started).toEqual(hugePages({}) === 'possible' ? [call] : []);
  });

  it.each([
    ['has been started so', { env: OURS }],
    ['has settings of its own', { env: OWN }],
    ['talks with its parent', { connected: true }],
  ])('goes on with a program that %s', (_, change) => {
    startWithHugePages({ ...program, ...change });
    expect(started).toEqual([]);
  });

  it('goes on where Node.js cannot do it, or must not', () => {
    const { execve: _, ...older } = program;
    startWithHugePages(older);
    const forbid = () => {
      throw new Error('Access to this API has been restricted');
    };
    startWithHugePages({ ...program, execve: forbid });
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HEARTBEAT, isSessionAlive, newSession, sessionOf } from './session.ts';

/** This session with some of its parts replaced. */
function sessionWith(parts: { host?: string; pid?: number; started?: number }): string {
  const [host, pid, started, random] = newSession().split('~');
  return [parts.host ?? host, parts.pid ?? pid, parts.started ?? started, random].join('~');
}

const LONG_AGO = Date.now() - 10 * HEARTBEAT.deadAfterMs;
const onLinux = existsSync('/proc/self/stat');

describe('newSession', () => {
  it('is never the same twice, and fit for a file name', () => {
    const sessions = Array.from({ length: 100 }, newSession);
    expect(new Set(sessions).size).toBe(100);
    for (const session of sessions) expect(session).toMatch(/^[\w.+~-]{1,200}$/);
  });
});

describe('sessionOf', () => {
  it('finds the session that a file belongs to', () => {
    const session = newSession();
    for (const name of [session, `${session}.json`, `${session}~0011aabb`]) {
      expect(sessionOf(name)).toBe(session);
    }
    for (const name of ['', '.DS_Store', 'host~12~x~0011aabb']) {
      expect(sessionOf(name)).toBeUndefined();
    }
  });
});

describe('isSessionAlive', () => {
  it('believes a process of this host, however long it has been silent', () => {
    expect(isSessionAlive(newSession(), LONG_AGO)).toBe(true);
    expect(isSessionAlive(newSession(), undefined)).toBe(true);
  });

  it('knows a process that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(isSessionAlive(sessionWith({ pid }), Date.now())).toBe(false);
    expect(isSessionAlive(sessionWith({ pid, started: 0 }), Date.now())).toBe(false);
  });

  it.runIf(onLinux)('knows a process that has the number of one before', () => {
    expect(isSessionAlive(sessionWith({ started: 1 }), Date.now())).toBe(false);
  });

  it.runIf(onLinux)('knows a killed process that nobody has asked about', async () => {
    // The shell becomes a sleeping program that never asks about its child.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text) => resolve(Number(text)));
    });
    const state = () => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))![1];
    while (state() !== 'Z') await wait(5);
    expect(isSessionAlive(sessionWith({ pid, started: 0 }), Date.now())).toBe(false);
  });

  it('knows of other hosts only when they last showed themselves', () => {
    // Its number means another process here.
    const elsewhere = sessionWith({ host: 'elsewhere+1' });
    expect(isSessionAlive(elsewhere, Date.now() - HEARTBEAT.deadAfterMs / 2)).toBe(true);
    expect(isSessionAlive(elsewhere, LONG_AGO)).toBe(false);
    expect(isSessionAlive(elsewhere, undefined)).toBe(false);
  });

  it('takes for dead what is no session', () => {
    expect(isSessionAlive('.DS_Store', undefined)).toBe(false);
  });
});

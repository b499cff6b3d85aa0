import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFacts, type Facts } from './facts.ts';
import { judge } from './findings.ts';
import { clockFact, findFonts, libcFact } from './machine.ts';

const healthy: Facts = {
  flawmap: '1.2.3',
  node: '22.0.0',
  platform: { os: 'linux', release: '6.1', arch: 'x64' },
  runtime: { works: true, version: '1.30.0', providers: ['cpu'] },
  devices: [
    { device: 'cpu', works: true },
    { device: 'webgpu', works: false, reason: 'no adapter' },
  ],
  decoder: { works: true, version: '0.35.5' },
  cores: 2,
  memory: { total: 16e9, free: 8e9 },
  hugePages: { state: 'possible', canStartAnew: true },
  cache: { path: '/cache', writable: true, freeBytes: 50e9 },
  temporary: { path: '/tmp', writable: true, freeBytes: 50e9 },
  clock: { now: '2027-01-02T00:00:00.000Z', installed: '2027-01-01T00:00:00.000Z' },
  libc: 'glibc 2.36',
  fonts: { works: true, path: '/fonts/serif.ttf' },
  programs: [{ name: 'redis-server', path: null, purpose: 'study --queue' }],
  backbones: [
    { name: 'filterbank', path: null, state: 'built in', detail: 'needs no file' },
    { name: 'resnet18', path: '/cache/r18', state: 'here', detail: 'hash agrees' },
    { name: 'resnet50', path: '/cache/r50', state: 'absent', detail: 'run: flawmap backbone pull' },
  ],
  terminal: { stdout: false, stderr: false, columns: null, colour: false },
};

const statusOf = (facts: Partial<Facts>, subject: string) =>
  judge({ ...healthy, ...facts }).find((finding) => finding.subject === subject);

describe('judge', () => {
  it('finds nothing wrong with a healthy machine, backbones absent or not', () => {
    expect(judge(healthy).filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(judge(healthy)).toHaveLength(18);
  });

  it('names the devices that work, and why others do not', () => {
    expect(statusOf({}, 'devices')?.found).toBe('cpu, not webgpu (no adapter)');
  });

  it('tells how to have huge pages with a Node.js that cannot ask for them itself', () => {
    const hugePages = { state: 'possible', canStartAnew: false } as const;
    expect(statusOf({ hugePages }, 'huge pages')?.found).toContain('GLIBC_TUNABLES=glibc.malloc.');
    expect(statusOf({}, 'huge pages')?.found).not.toContain('GLIBC_TUNABLES');
  });

  it.each<[string, Partial<Facts>, string, string]>([
    ['an old Node.js', { node: '20.18.9' }, 'Node.js', 'problem'],
    ['the oldest Node.js', { node: '20.19.0' }, 'Node.js', 'ok'],
    [
      'a runtime that does not load',
      { runtime: { works: false, reason: 'no' } },
      'onnxruntime',
      'problem',
    ],
    [
      'a runtime without CPU',
      { runtime: { works: true, version: '1', providers: [] } },
      'onnxruntime',
      'problem',
    ],
    [
      'a decoder that does not load',
      { decoder: { works: false, reason: 'no' } },
      'sharp',
      'problem',
    ],
    ['little free memory', { memory: { total: 16e9, free: 1e9 } }, 'memory', 'warning'],
    [
      'a closed cache',
      { cache: { path: '/c', writable: false, freeBytes: 9e9 } },
      'cache folder',
      'problem',
    ],
    [
      'a full disk',
      { cache: { path: '/c', writable: true, freeBytes: 9e8 } },
      'cache folder',
      'warning',
    ],
    [
      'no room for temporary files',
      { temporary: { path: '/t', writable: true, freeBytes: 1e6 } },
      'temporary files',
      'warning',
    ],
    [
      'no right to write temporary files',
      { temporary: { path: '/t', writable: false, freeBytes: 9e9 } },
      'temporary files',
      'problem',
    ],
    [
      'a clock that has gone back',
      { clock: { now: '2026-12-01T00:00:00.000Z', installed: '2027-01-01T00:00:00.000Z' } },
      'clock',
      'warning',
    ],
    [
      'a clock that never was set',
      { clock: { now: '1970-01-02T00:00:00.000Z', installed: null } },
      'clock',
      'warning',
    ],
    ['another C library', { libc: 'another C library' }, 'platform', 'problem'],
    [
      'a processor that nothing is built for',
      { platform: { os: 'linux', release: '6.1', arch: 'ppc64' } },
      'platform',
      'problem',
    ],
    ['missing fonts', { fonts: { works: false, reason: 'no' } }, 'fonts', 'warning'],
    [
      'an unknown disk',
      { cache: { path: '/c', writable: true, freeBytes: null } },
      'cache folder',
      'ok',
    ],
  ])('judges %s', (_name, facts, subject, status) => {
    const finding = statusOf(facts, subject);
    expect(finding?.status).toBe(status);
    expect(finding?.remedy === undefined).toBe(status === 'ok');
  });

  it.each([
    ['Could not load the "sharp" module using the linux-x64 runtime', '--include=optional'],
    ['libvips-cpp.so.42: cannot open shared object file', '--include=optional'],
    [
      "Cannot find module '../bin/napi-v6/linux/x64/onnxruntime_binding.node'",
      '--include=optional',
    ],
    ["/lib/libc.so.6: version `GLIBC_2.38' not found", 'newer system'],
    ['onnxruntime_binding.node: invalid ELF header', 'another platform'],
    ['EACCES: permission denied, open', 'right to read'],
    ['something else', 'npm ci'],
  ])('says of a library that fails with "%s" what to do', (reason, remedy) => {
    for (const facts of [
      { runtime: { works: false, reason } },
      { decoder: { works: false, reason } },
    ] as const) {
      const subject = 'runtime' in facts ? 'onnxruntime' : 'sharp';
      expect(statusOf(facts, subject)?.remedy).toContain(remedy);
    }
  });

  it('makes no fault of programs that are absent, and says who needs them', () => {
    expect(statusOf({}, 'redis-server')).toMatchObject({
      status: 'ok',
      found: 'not here (optional: needed for study --queue)',
    });
  });

  it('makes a problem of a file with the wrong hash, and says what to do', () => {
    const backbones = [{ name: 'x', path: '/x', state: 'wrong', detail: 'remove it' }] as const;
    expect(statusOf({ backbones }, 'backbone x')).toMatchObject({
      status: 'problem',
      remedy: 'remove it',
    });
  });
});

describe('diskFacts', () => {
  it('looks at the nearest folder there is and makes none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flawmap-doctor-'));
    const facts = await diskFacts(join(folder, 'a', 'b'));
    expect(facts.writable).toBe(true);
    expect(facts.freeBytes).toBeGreaterThan(0);
    // Fails when anything was made in it.
    rmdirSync(folder);
  });

  it('finds a file where the folder should be not writable', async () => {
    expect((await diskFacts(join(import.meta.filename, 'x'))).writable).toBe(false);
  });
});

describe('what the machine has', () => {
  it('knows the clock, the C library and the fonts', () => {
    const { now, installed } = clockFact(new Date('2030-01-01T00:00:00Z'));
    expect(now).toBe('2030-01-01T00:00:00.000Z');
    expect(Date.parse(installed!)).toBeGreaterThan(0);
    expect(findFonts().path).toMatch(/\.ttf$/);
    if (process.platform === 'linux') expect(libcFact()).toMatch(/^glibc \d|^another/);
  });
});

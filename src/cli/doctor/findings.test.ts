import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFacts, type Facts } from './facts.ts';
import { judge } from './findings.ts';

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
  cache: { path: '/cache', writable: true, freeBytes: 50e9 },
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
    expect(judge(healthy)).toHaveLength(13);
  });

  it('names the devices that work, and why others do not', () => {
    expect(statusOf({}, 'devices')?.found).toBe('cpu, not webgpu (no adapter)');
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

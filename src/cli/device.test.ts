import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEVICES, sessionDevice } from '../tensor/session/device.ts';
import { deviceOption, useDevice } from './device.ts';
import type { Log } from './log.ts';

beforeEach(() => vi.stubEnv('FLAWMAP_DEVICE', ''));
afterEach(() => vi.unstubAllEnvs());

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

it('takes a device or auto, and says which there are', () => {
  expect(deviceOption.parse!('auto', undefined)).toBe('auto');
  expect(() => deviceOption.parse!('gpu', undefined)).toThrow(/cpu, webgpu, cuda, auto/);
});

it('computes on one that works, and says which', async () => {
  const said: string[] = [];
  await useDevice('auto', { log: { ...silent, info: (message) => said.push(message) } });
  expect(DEVICES).toContain(sessionDevice());
  expect(said).toEqual([`computing on ${sessionDevice()}`]);
});

it('says nothing of the CPU that was asked for', async () => {
  await useDevice('cpu', { log: { ...silent, info: (message) => expect.fail(message) } });
  expect(sessionDevice()).toBe('cpu');
});

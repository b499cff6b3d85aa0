import { afterEach, expect, it, vi } from 'vitest';
import { sessionDevice, setSessionDevice } from './device.ts';

afterEach(() => vi.unstubAllEnvs());

it('is the CPU unless something that is a device is set', () => {
  vi.stubEnv('FLAWMAP_DEVICE', '');
  expect(sessionDevice()).toBe('cpu');
  vi.stubEnv('FLAWMAP_DEVICE', 'abacus');
  expect(sessionDevice()).toBe('cpu');
  setSessionDevice('webgpu');
  expect(sessionDevice()).toBe('webgpu');
});

import { describe, expect, it } from 'vitest';
import { chooseDevice, type DeviceState, tryDevice } from './chooseDevice.ts';
import type { Device } from './device.ts';

/** A machine on which these work. */
const machine =
  (...working: readonly Device[]) =>
  async (device: Device): Promise<DeviceState> =>
    working.includes(device)
      ? { device, works: true }
      : { device, works: false, reason: `no driver for ${device}` };

describe('chooseDevice', () => {
  it('takes the best that works', async () => {
    expect(await chooseDevice('auto', machine('cpu'))).toBe('cpu');
    expect(await chooseDevice('auto', machine('cpu', 'webgpu'))).toBe('webgpu');
    expect(await chooseDevice('auto', machine('cpu', 'webgpu', 'cuda'))).toBe('cuda');
  });

  it('takes the one that was named where it works, and only that', async () => {
    expect(await chooseDevice('webgpu', machine('cpu', 'webgpu', 'cuda'))).toBe('webgpu');
    await expect(chooseDevice('cuda', machine('cpu', 'webgpu'))).rejects.toThrow(
      /the device cuda does not work here.*cpu, webgpu.*no driver for cuda.*--device cpu/s,
    );
  });
});

describe('tryDevice', () => {
  it('has the CPU multiply', async () => {
    expect(await tryDevice('cpu')).toEqual({ device: 'cpu', works: true });
  });

  it('tells why a device that onnxruntime does not know cannot work', async () => {
    const { works, reason } = await tryDevice('abacus' as Device);
    expect(works).toBe(false);
    expect(reason).toMatch(/abacus/);
  });
});

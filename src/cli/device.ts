/** The option that says what graphs are computed on, and what follows from it. */
import { DEVICES, type Device, setSessionDevice } from '../tensor/session/device.ts';
import type { CommandContext } from './command.ts';
import { choice, type Option } from './parameters.ts';

export type DeviceChoice = Device | 'auto';

export const deviceOption: Option<DeviceChoice> = choice(
  '--device <name>',
  'what computes; auto takes a GPU where one works, cuda before webgpu',
  [...DEVICES, 'auto'],
  { default: 'cpu' },
);

/**
 * For this command, and for the processes it starts.
 * @returns what it is
 * @throws FlawmapError (environment) where the device does not work, with what does
 */
export async function useDevice(
  wanted: DeviceChoice,
  { log }: Pick<CommandContext, 'log'>,
): Promise<Device> {
  if (wanted === 'cpu') {
    setSessionDevice(wanted);
    return wanted;
  }
  const { chooseDevice } = await import('../tensor/session/chooseDevice.ts');
  const device = await chooseDevice(wanted);
  setSessionDevice(device);
  log.info(`computing on ${device}`, { device });
  return device;
}

/**
 * What graphs are computed on. The graphs are the same everywhere, and so are the numbers but for
 * float32 rounding, whose order differs; operators that a device lacks are computed on the CPU.
 */

export const DEVICES = ['cpu', 'webgpu', 'cuda'] as const;
export type Device = (typeof DEVICES)[number];

/** What sessions are opened on unless they are told otherwise: `$FLAWMAP_DEVICE`, or the CPU. */
export const sessionDevice = (): Device =>
  DEVICES.find((device) => device === process.env.FLAWMAP_DEVICE) ?? 'cpu';

/** For this process, and for those it starts. */
export function setSessionDevice(device: Device): void {
  process.env.FLAWMAP_DEVICE = device;
}

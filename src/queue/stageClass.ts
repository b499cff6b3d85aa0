/**
 * Stages that take the same: each class has a queue of its own, so that a worker asks only for
 * what fits it now.
 */
import type { Job, Resources } from '../pipeline/job.ts';

export interface StageClass {
  /** What it computes on. */
  readonly device: string;
  /** A power of two: memory is given in steps. */
  readonly gigabytes: number;
  readonly cores: number;
  /** Nothing else is done on the machine meanwhile. */
  readonly alone: boolean;
}

/** What is free on a machine. */
export interface Free {
  readonly devices: ReadonlySet<string>;
  readonly memoryBytes: number;
  readonly cores: number;
  /** Nothing is in work. */
  readonly idle: boolean;
}

export const CPU = 'cpu';
const GIGABYTE = 1e9;

const DEFAULT_RESOURCES: Resources = { memoryBytes: 2 * GIGABYTE, cores: 1 };

export function classOf({ resources = DEFAULT_RESOURCES, alone = false }: Job): StageClass {
  const { memoryBytes, cores, device = CPU } = resources;
  const gigabytes = 2 ** Math.max(0, Math.ceil(Math.log2(memoryBytes / GIGABYTE)));
  return { device, gigabytes, cores, alone };
}

/** `cpu-2gb-1c`, `cuda-4gb-1c-alone`: part of a queue's name. */
export const className = ({ device, gigabytes, cores, alone }: StageClass): string =>
  `${device}-${gigabytes}gb-${cores}c${alone ? '-alone' : ''}`;

/** Undefined for what no class is called. */
export function parseClass(name: string): StageClass | undefined {
  const [, device, gigabytes, cores, alone] = /^(\w+)-(\d+)gb-(\d+)c(-alone)?$/.exec(name) ?? [];
  if (device === undefined) return undefined;
  return { device, gigabytes: Number(gigabytes), cores: Number(cores), alone: alone !== undefined };
}

export const bytesOf = ({ gigabytes }: StageClass): number => gigabytes * GIGABYTE;

export const fits = (stage: StageClass, free: Free): boolean =>
  free.devices.has(stage.device) &&
  bytesOf(stage) <= free.memoryBytes &&
  stage.cores <= free.cores &&
  (free.idle || !stage.alone);

/** Large ones first, which small ones would keep out; those that are to be alone last. */
export const byTurn = (a: StageClass, b: StageClass): number =>
  Number(a.alone) - Number(b.alone) || b.gigabytes - a.gigabytes || b.cores - a.cores;

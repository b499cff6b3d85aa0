/** What `flawmap doctor` looks at; `findings.ts` says what it means. */
import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { arch, availableParallelism, platform, release, tmpdir, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { backbonePath, findBackbone } from '../../backbone/backboneFile.ts';
import { CATALOGUE } from '../../backbone/catalogue.ts';
import { cacheFolder } from '../../core/cacheFolder.ts';
import { FlawmapError, messageOf } from '../../core/error.ts';
import { canStartAnew, type HugePages, hugePages } from '../../core/hugePages.ts';
import { flawmapVersion } from '../../core/version.ts';
import type { DeviceState } from '../../tensor/session/chooseDevice.ts';
import { DEVICES } from '../../tensor/session/device.ts';
import {
  type ClockFact,
  clockFact,
  findFonts,
  libcFact,
  type ProgramFact,
  programFacts,
} from './machine.ts';

export interface Facts {
  readonly flawmap: string;
  readonly node: string;
  readonly platform: { readonly os: string; readonly release: string; readonly arch: string };
  readonly runtime: Loaded<{ readonly version: string; readonly providers: readonly string[] }>;
  /** What `--device` may name, and whether it works. */
  readonly devices: readonly DeviceState[];
  readonly decoder: Loaded<{ readonly version: string }>;
  /** Threads this process may use at once. */
  readonly cores: number;
  /** Bytes this process may use: of the machine, or of its container. */
  readonly memory: { readonly total: number; readonly free: number };
  readonly hugePages: { readonly state: HugePages; readonly canStartAnew: boolean };
  readonly cache: FolderFact;
  /** The system's folder for temporary files. */
  readonly temporary: FolderFact;
  readonly clock: ClockFact;
  /** Null where the system is no Linux. */
  readonly libc: string | null;
  readonly fonts: Loaded<{ readonly path: string }>;
  readonly programs: readonly ProgramFact[];
  readonly backbones: readonly BackboneFact[];
  readonly terminal: {
    readonly stdout: boolean;
    readonly stderr: boolean;
    readonly columns: number | null;
    readonly colour: boolean;
  };
}

export interface FolderFact {
  readonly path: string;
  readonly writable: boolean;
  /** Null where the system does not tell. */
  readonly freeBytes: number | null;
}

/** A native library works here, or the reason why it does not. */
export type Loaded<T> =
  | ({ readonly works: true } & T)
  | { readonly works: false; readonly reason: string };

export interface BackboneFact {
  readonly name: string;
  /** Null for what is built in. */
  readonly path: string | null;
  readonly state: 'built in' | 'here' | 'absent' | 'wrong';
  /** What to know or do about it. */
  readonly detail: string;
}

/** @param signal stops between two files, for hashing them takes a while */
export async function gatherFacts(signal: AbortSignal): Promise<Facts> {
  const cachePath = cacheFolder();
  return {
    flawmap: flawmapVersion(),
    node: process.versions.node,
    platform: { os: platform(), release: release(), arch: arch() },
    runtime: await load(async () => {
      const { runtimeInfo } = await import('../../tensor/session/session.ts');
      return runtimeInfo();
    }),
    devices: await deviceFacts(),
    decoder: await load(async () => {
      const { loadSharp } = await import('../../image/sharp.ts');
      const sharp = await loadSharp();
      return { version: sharp.versions.sharp ?? 'unknown' };
    }),
    cores: availableParallelism(),
    memory: memory(),
    hugePages: { state: hugePages(), canStartAnew: canStartAnew() },
    cache: { path: cachePath, ...(await diskFacts(cachePath)) },
    temporary: { path: tmpdir(), ...(await diskFacts(tmpdir())) },
    clock: clockFact(),
    libc: libcFact(),
    fonts: await load(async () => findFonts()),
    programs: programFacts(),
    backbones: await backboneFacts(signal),
    terminal: {
      stdout: process.stdout.isTTY === true,
      stderr: process.stderr.isTTY === true,
      columns: process.stdout.columns ?? null,
      colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    },
  };
}

async function deviceFacts(): Promise<DeviceState[]> {
  const { tryDevice } = await import('../../tensor/session/chooseDevice.ts');
  return Promise.all(DEVICES.map(tryDevice));
}

async function load<T>(library: () => Promise<T>): Promise<Loaded<T>> {
  try {
    return { works: true, ...(await library()) };
  } catch (error) {
    return { works: false, reason: messageOf(error) };
  }
}

function memory(): Facts['memory'] {
  // 0 or a number beyond all memory: not constrained.
  const constrained = process.constrainedMemory();
  const total = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { total, free: Math.min(process.availableMemory(), total) };
}

/** Looks at the nearest folder that exists, for making the cache is not a doctor's business. */
export async function diskFacts(path: string): Promise<Omit<FolderFact, 'path'>> {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const writable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const freeBytes = await statfs(existing).then(
    (disk) => disk.bavail * disk.bsize,
    () => null,
  );
  return { writable, freeBytes };
}

async function backboneFacts(signal: AbortSignal): Promise<BackboneFact[]> {
  const facts: BackboneFact[] = [];
  for (const { name, file } of CATALOGUE) {
    signal.throwIfAborted();
    const path = file === null ? null : backbonePath(file);
    const base = { name, path };
    if (path === null) {
      facts.push({ ...base, state: 'built in', detail: 'needs no file' });
      continue;
    }
    try {
      const found = await findBackbone(name);
      const against = found.file?.checkedAgainst;
      const detail =
        against === 'none' ? 'its hash is not known' : `hash agrees with the ${against}`;
      facts.push({ ...base, state: 'here', detail });
    } catch (error) {
      if (!(error instanceof FlawmapError)) throw error;
      const state = error.kind === 'environment' ? 'absent' : 'wrong';
      facts.push({ ...base, state, detail: error.details.remedy ?? error.message });
    }
  }
  return facts;
}

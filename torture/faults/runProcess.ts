/** Runs a program to its end, with a fault in it or without. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Fault } from './layer.ts';

/** The compiled program. */
export const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
const LAYER = join(import.meta.dirname, 'layer.js');

/** Nothing here takes longer, even on a machine that is busy. */
const PATIENCE_MS = 300_000;

export interface ProcessOptions {
  /** The script, with its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly fault?: Fault;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runProcess(options: ProcessOptions): Promise<Ended> {
  const { command, cwd, signal, fault, env } = options;
  const layer = fault === undefined ? [] : ['--import', LAYER];
  const child = spawn(process.execPath, [...layer, ...command], {
    cwd,
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Nothing of this machine's own: what is found there must not be used, or changed.
      FLAWMAP_CACHE: join(cwd, 'home'),
      FLAWMAP_THREADS: '1',
      ...(fault !== undefined && { FLAWMAP_FAULT: JSON.stringify(fault) }),
      ...env,
    },
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, PATIENCE_MS);
  try {
    const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((done, fail) => {
      child.once('error', fail);
      child.once('close', (...ended) => done(ended));
    });
    const stderr = late ? `${said.stderr}\nno end after ${PATIENCE_MS / 1000} s` : said.stderr;
    return { code, killed: by === 'SIGKILL' && !late, stdout: said.stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with a failure: it must say what to do, and be no fault of flawmap's own. */
export function complaintAbout({ code, stderr }: Ended): string | undefined {
  if (code === null) return `it did not end by itself: ${stderr.slice(-500)}`;
  if (code === 70) return `an internal error: ${stderr.slice(-1000)}`;
  if (/\n\s+at .*[(:]/.test(stderr)) return `a stack trace: ${stderr.slice(-1000)}`;
  if (code !== 0 && !stderr.includes('to do:')) return `says not what to do: ${stderr.slice(-500)}`;
  return undefined;
}

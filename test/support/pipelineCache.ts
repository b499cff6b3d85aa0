/** Runs of the small plan of `pipelinePlan.mjs` as processes, and what they leave. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../src/pipeline/openCache.ts';

const RUN = join(import.meta.dirname, 'pipelineRun.mjs');

export interface PipelineRun {
  readonly child: ChildProcess;
  /** How it ended. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly artifacts: readonly Artifact[];
    readonly stderr: string;
  }>;
}

export interface RunSettings {
  /** `inline` or a number of workers. */
  readonly executor: string;
  /** Of all its jobs; default `mix`. */
  readonly kind?: string;
  readonly limitBytes?: number;
}

/** On `root/cache`, with its log beside it. */
export function startRun(root: string, settings: RunSettings): PipelineRun {
  const places = { folder: join(root, 'cache'), log: join(root, 'log') };
  const argument = JSON.stringify({ kind: 'mix', ...places, ...settings });
  const child = spawn(process.execPath, [RUN, argument], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => (stdout += piece));
  child.stderr.on('data', (piece) => (stderr += piece));
  const ended = new Promise<Awaited<PipelineRun['ended']>>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, artifacts: code === 0 ? JSON.parse(stdout) : [], stderr });
    });
  });
  return { child, ended };
}

/** Every file of every artifact by its path in the cache, as text that compares; not `measured`. */
export function objectsIn(root: string): Record<string, string> {
  const objects = join(root, 'cache', 'objects');
  if (!existsSync(objects)) return {};
  const files = readdirSync(objects, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((path) => {
      const text = readFileSync(path, 'latin1');
      const isDocument = path.endsWith('/artifact.json');
      const content = isDocument ? withoutMeasured(text) : text;
      return [path.slice(objects.length + 1), content];
    }),
  );
}

const withoutMeasured = (text: string): string => {
  const { measured, ...rest } = JSON.parse(text) as { measured: object };
  return JSON.stringify({ ...rest, measured: Object.keys(measured) });
};

export interface Begun {
  readonly id: string;
  readonly pid: number;
  /** That the process was told to compute with; NaN: nothing was said. */
  readonly threads: number;
}

/** The jobs that were begun, in this order, and the processes that did. */
export function begunIn(root: string): Begun[] {
  if (!existsSync(join(root, 'log'))) return [];
  const lines = readFileSync(join(root, 'log'), 'utf8').trim().split('\n');
  return lines.filter(Boolean).map((line) => {
    const [id, pid, threads] = line.split(' ');
    return { id: id!, pid: Number(pid), threads: Number(threads) };
  });
}

/** What is in the places where nothing stays. */
export const leftIn = (root: string): string[] =>
  ['partial', 'locks', 'leases'].flatMap((place) => readdirSync(join(root, 'cache', place)));

/** `flawmap serve` as a process of its own, to be hurt. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const STOP_MS = 60_000;
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');

export interface TorturedServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Folder of its copies. */
  readonly temporary: string;
  /** Lines of its stdout after the first, parsed. */
  readonly events: readonly { readonly event: string }[];
  /** Of the workers that run now. */
  workers(): number[];
  /** Of the server's own process. */
  residentMegabytes(): number;
  metric(name: string): Promise<number>;
  /** Ends it as users do. @throws where it does not end well, or not in time */
  stop(): Promise<void>;
}

/**
 * @param openFiles the system's limit for it; default: that of this process
 */
export async function startServer(
  scratch: string,
  args: readonly string[],
  openFiles?: number,
): Promise<TorturedServer> {
  const temporary = join(scratch, `tmp-${process.hrtime.bigint()}`);
  mkdirSync(temporary);
  const command = [process.execPath, MAIN, 'serve', ...args, '--port', '0', '--json'];
  const limited =
    openFiles === undefined
      ? command
      : ['sh', '-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...command];
  const child = spawn(limited[0]!, limited.slice(1), {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TMPDIR: temporary },
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const pid = child.pid!;
  const lines = createInterface({ input: child.stdout! });
  const [first] = (await Promise.race([
    once(lines, 'line'),
    exit.then((code) => Promise.reject(new Error(`flawmap serve ended with ${code}`))),
  ])) as [string];
  const { address } = JSON.parse(first) as { address: string };
  const events: { event: string }[] = [];
  lines.on('line', (line) => void events.push(JSON.parse(line)));
  return {
    ...{ address, port: Number(new URL(address).port), pid, temporary, events },
    workers: () => childrenOf(pid),
    residentMegabytes: () => residentMegabytes(pid),
    async metric(name) {
      const text = await (await fetch(`${address}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`${name} `));
      return Number(line?.split(' ')[1] ?? 0);
    },
    async stop() {
      child.kill('SIGTERM');
      const code = await Promise.race([exit, wait(STOP_MS, 'none', { ref: false })]);
      if (code !== 0) throw new Error(`the server ended with exit code ${code}`);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed === '' ? [] : listed.split(' ').map(Number);
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Runs programs with nothing of this machine's own in their environment. */
import { spawn } from 'node:child_process';

/** The user `nobody`, and one that no user database knows. */
export const NOBODY = 65534;
export const STRANGER = 54_321;

export interface RunAs {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of the environment, but for the path and the network's settings. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Where this process may change who it is. */
  readonly user?: number | undefined;
  /** Told to stop once it has said this. */
  readonly until?: RegExp | undefined;
  readonly seconds?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** By which ways the network is reached is the machine's affair: an empty HOME does not change it. */
const NETWORK = [
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'npm_config_registry',
];
const network = (): Record<string, string> =>
  Object.fromEntries(
    NETWORK.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );

export const isRoot = process.geteuid?.() === 0;

export async function runAs(options: RunAs): Promise<Ended> {
  const { command, args, cwd, env, signal, user, until, seconds = 300 } = options;
  const child = spawn(command, [...args], {
    cwd,
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...network(), ...env },
    ...(isRoot && user !== undefined && { uid: user, gid: user }),
  });
  let output = '';
  let asked = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (asked || until?.test(output) !== true) return;
      asked = true;
      child.kill('SIGTERM');
    });
  }
  const timer = setTimeout(() => {
    output += `\nno end after ${seconds} s`;
    child.kill('SIGKILL');
  }, seconds * 1000);
  try {
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('close', done);
    });
    // What goes on until it is told to has done well when it stops in order.
    const stopped = asked && (code === 0 || code === 143);
    return { code: stopped ? 0 : code, output };
  } finally {
    clearTimeout(timer);
  }
}

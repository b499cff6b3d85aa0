/**
 * Loaded into a process with `node --import`, before anything else: counts what it does to files
 * below one folder, and lets the n-th operation fail, or kills the process there. A write that is
 * hit has brought half of its bytes to the disk by then.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/** What a process is told, as JSON in `$FLAWMAP_FAULT`. */
export interface Fault {
  /** Only what lies below it counts. */
  readonly root: string;
  /** Which operation is hit, counted from 1; 0: none. */
  readonly at: number;
  /**
   * `kill`, or the code of a system error. A disk that is full and rights that are gone stay so for
   * all that follows; a disk that fails does so once. `truncate` and `overwrite` change the file that
   * is about to be read.
   */
  readonly kind: 'kill' | 'ENOSPC' | 'EIO' | 'EACCES' | 'truncate' | 'overwrite';
  /** Gets the number of operations when the process ends. */
  readonly count?: string;
  /** The clock is this many milliseconds off, each time it is asked by another of these. */
  readonly clock?: readonly number[];
}

type Call = (...args: unknown[]) => unknown;
type Calls = Record<string, Call>;

const GROWING = /write|mkdir|copy|append/i;

const fault = JSON.parse(process.env.FLAWMAP_FAULT ?? 'null') as Fault | null;
if (fault !== null) {
  await interceptFiles(fault);
  if (fault.clock !== undefined) bendClock(fault.clock);
}

async function interceptFiles({ root, at, kind, count }: Fault): Promise<void> {
  const reads = kind === 'truncate' || kind === 'overwrite';
  const own = { ...fs } as unknown as Calls;
  let operations = 0;
  let struck = false;
  if (count !== undefined) process.on('exit', () => own.writeFileSync!(count, String(operations)));

  const isWithin = (path: unknown): path is string =>
    typeof path === 'string' && `${resolve(path)}${sep}`.startsWith(`${root}${sep}`);

  /** Whether this operation is hit. */
  const hits = (name: string): boolean => {
    operations++;
    // What is on a full disk can still be read, renamed and removed.
    if (kind === 'ENOSPC') return operations >= at && at > 0 && GROWING.test(name);
    if (operations !== at && !(struck && kind === 'EACCES')) return false;
    struck = true;
    return true;
  };

  const strike = (name: string): never => {
    if (kind === 'kill') process.kill(process.pid, 'SIGKILL');
    throw Object.assign(new Error(`${kind}: injected into ${name}`), { code: kind });
  };

  const halved = (data: unknown): unknown => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    return bytes instanceof Uint8Array ? bytes.subarray(0, bytes.length >> 1) : undefined;
  };

  /** The path of what is written to by handles, which are asked by number. */
  const written = new Map<number, string>();

  const isForWriting = (flags: unknown): boolean =>
    typeof flags === 'number'
      ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0
      : /[wa+]/.test(String(flags ?? 'r'));

  const spoil = (path: string): void => {
    operations++;
    if (operations !== at) return;
    const before = own.readFileSync!(path) as Buffer;
    const content =
      kind === 'truncate'
        ? before.subarray(0, before.length >> 1)
        : before.map((byte) => byte ^ 0x55);
    own.writeFileSync!(path, content);
  };

  const promises = fs.promises as unknown as Calls;
  const original = { ...promises };
  promises.open = async (...args) => {
    const [path, flags] = args;
    const writing = isForWriting(flags);
    if (isWithin(path) && reads && !writing) spoil(path);
    const counted = isWithin(path) && writing && !reads;
    if (counted && hits('open')) strike('open');
    const handle = (await original.open!(...args)) as fs.promises.FileHandle;
    if (counted) written.set(handle.fd, path);
    return handle;
  };
  promises.readFile = async (...args) => {
    if (isWithin(args[0]) && reads) spoil(args[0]);
    return original.readFile!(...args);
  };
  /** Those that name what they change, at these places. */
  const NAMED: Readonly<Record<string, readonly number[]>> = {
    ...{ mkdir: [0], rename: [0, 1], link: [1], symlink: [1], copyFile: [1], truncate: [0] },
    ...{ rm: [0], rmdir: [0], unlink: [0], chmod: [0], writeFile: [0], appendFile: [0] },
  };
  for (const [name, places] of Object.entries(NAMED)) {
    promises[name] = async (...args) => {
      const counted = !reads && places.some((place) => isWithin(args[place]));
      if (!counted || !hits(name)) return original[name]!(...args);
      const half = name === 'writeFile' || name === 'appendFile' ? halved(args[1]) : undefined;
      if (half !== undefined) await original[name]!(args[0], half);
      if (name === 'copyFile') {
        const from = (await original.readFile!(args[0])) as Buffer;
        await original.writeFile!(args[1], halved(from));
      }
      return strike(name);
    };
  }
  const handle = (await original.open!('/dev/null', 'r')) as fs.promises.FileHandle;
  const prototype = Object.getPrototypeOf(handle) as Calls;
  await handle.close();
  const changes = ['write', 'writeFile', 'appendFile', 'writev', 'truncate', 'sync', 'datasync'];
  for (const name of changes) {
    const before = prototype[name]!;
    prototype[name] = async function intercepted(this: { fd: number }, ...args: unknown[]) {
      if (!written.has(this.fd) || !hits(name)) return before.apply(this, args);
      const half = /^(write|writeFile|appendFile)$/.test(name) ? halved(args[0]) : undefined;
      if (half !== undefined) await before.call(this, half);
      return strike(name);
    };
  }
  const close = prototype.close!;
  prototype.close = async function intercepted(this: { fd: number }, ...args: unknown[]) {
    written.delete(this.fd);
    return close.apply(this, args);
  };
  syncBuiltinESMExports();
}

/** `Date` goes forwards and backwards; `performance` does not, as on a real machine. */
function bendClock(offsets: readonly number[]): void {
  let asked = 0;
  const now = Date.now.bind(Date);
  const bent = (): number => now() + offsets[asked++ % offsets.length]!;
  const Original = Date;
  globalThis.Date = new Proxy(Original, {
    construct: (target, args) => new target(...((args.length === 0 ? [bent()] : args) as [number])),
    get: (target, name, receiver) => (name === 'now' ? bent : Reflect.get(target, name, receiver)),
  });
}

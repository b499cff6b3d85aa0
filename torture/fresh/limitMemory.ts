/** A limit on the memory of a process and its children, by Linux' control groups. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MemoryLimit {
  /** Puts `sh` into the group, which then becomes the command. */
  readonly command: (program: string, args: readonly string[]) => readonly string[];
  /** The most that was in use, in bytes; files in the system's cache among it. */
  peakBytes(): number;
  remove(): void;
}

const ROOT = '/sys/fs/cgroup';
/** Version 1 has a tree for memory of its own; version 2 one for all. */
const VERSIONS = [
  { root: join(ROOT, 'memory'), limit: 'memory.limit_in_bytes', peak: 'memory.max_usage_in_bytes' },
  { root: ROOT, limit: 'memory.max', peak: 'memory.peak' },
];

/** Undefined where no group can be made: without the rights, or on other systems. */
export function limitMemory(bytes: number): MemoryLimit | undefined {
  for (const { root, limit, peak } of VERSIONS) {
    const group = join(root, `flawmap-torture-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    const remove = () => rmdirSync(group);
    if (!existsSync(join(group, limit))) {
      remove();
      continue;
    }
    writeFileSync(join(group, limit), String(bytes));
    return {
      command: (program, args) => {
        const enter = `echo $$ > '${join(group, 'cgroup.procs')}' && exec "$@"`;
        return ['sh', '-c', enter, 'sh', program, ...args];
      },
      peakBytes: () => Number(readFileSync(join(group, peak), 'utf8')),
      remove,
    };
  }
  return undefined;
}

/** Names of what is half made. */
import { spawnSync } from 'node:child_process';
import { newSession } from '../../src/core/session.ts';

/** As a process that has ended would have named it. */
export function ofTheDead(name: string): string {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return `${name}.partial-${newSession().replace(/~\d+~\d+~/, `~${pid}~0~`)}`;
}

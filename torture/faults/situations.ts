import { changingFiles } from './changingFiles.ts';
import { clockJumps } from './clockJumps.ts';
import { flippedBytes } from './flippedBytes.ts';
import { fullDisk } from './fullDisk.ts';
import { meetings } from './meetings.ts';
import type { Situation } from './situation.ts';

export const SITUATIONS: readonly Situation[] = [
  meetings,
  fullDisk,
  changingFiles,
  clockJumps,
  flippedBytes,
];

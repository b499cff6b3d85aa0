/** Disks that fill, fail and are taken away, processes that are killed or meet, files that change. */
import { join } from 'node:path';
import { attack, attacksOn } from './faults/inject.ts';
import { inLanes } from './faults/inLanes.ts';
import { prepareBase } from './faults/prepareBase.ts';
import { SITUATIONS } from './faults/situations.ts';
import { SUBJECTS } from './faults/subjects.ts';
import type { TorturePart } from './part.ts';

export const faults: TorturePart = {
  name: 'faults',
  async run({ scratch, share, signal, onProgress }) {
    const base = join(scratch, 'base');
    await prepareBase(base, signal);
    const attacks = SUBJECTS.map((subject) => ({
      count: attacksOn(subject, share),
      run: (work: string) => attack({ subject, base, work, share, signal, onDone }),
    }));
    const situations = SITUATIONS.map((situation) => ({
      count: 1,
      async run(work: string) {
        const rows = await situation({ base, work, share, signal });
        onDone();
        return rows;
      },
    }));
    const tasks = [...attacks, ...situations];
    const total = tasks.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    const onDone = () => onProgress(Math.min(++done, total), total);
    const rows = await inLanes(tasks, ({ run }, name) => run(join(scratch, name)));
    return rows.flat();
  },
};

/** Every command killed at every one of its operations on files: what `faults` samples, in full. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterKill, killRow, openPlace } from './faults/inject.ts';
import { inLanes } from './faults/inLanes.ts';
import { prepareBase } from './faults/prepareBase.ts';
import { LEAST_STUDY, STUDY, SUBJECTS, type Subject } from './faults/subjects.ts';
import type { TorturePart } from './part.ts';

/** Operations that one lane goes through before it takes others: lanes end at about the same time. */
const STRETCH = 40;

/** The quick ones first: what is wrong shows soon. */
const KILLED = [...SUBJECTS.filter((subject) => subject !== STUDY), LEAST_STUDY, STUDY];

interface Stretch {
  readonly subject: Subject;
  readonly operations: number;
  /** Numbers of operations. */
  readonly points: readonly number[];
}

export const everyKill: TorturePart = {
  name: 'everyKill',
  block: 'every kill',
  async run({ scratch, share, signal, onProgress }) {
    const base = join(scratch, 'base');
    await prepareBase(base, signal);
    const site = (subject: Subject, name: string) => ({
      ...{ subject, base, signal },
      work: join(scratch, name),
    });
    const stretches: Stretch[] = [];
    for (const subject of KILLED) {
      const { operations } = await openPlace(site(subject, 'counted'));
      for (let first = 1; first <= operations * share; first += STRETCH) {
        const count = Math.min(STRETCH, operations - first + 1);
        const points = Array.from({ length: count }, (_, i) => first + i);
        stretches.push({ subject, operations, points });
      }
    }
    const total = stretches.reduce((sum, { points }) => sum + points.length, 0);
    let done = 0;
    const problems = await inLanes(stretches, async ({ subject, points }, name) => {
      const place = await openPlace(site(subject, name));
      const found: string[] = [];
      for (const at of points) {
        const problem = await afterKill(place, at);
        if (problem !== undefined) found.push(`at operation ${at}: ${problem}`);
        onProgress(++done, total);
      }
      rmSync(place.work, { recursive: true, force: true });
      return found;
    });
    return KILLED.map((subject) => {
      const own = stretches.flatMap((stretch, i) =>
        stretch.subject === subject ? [{ ...stretch, problems: problems[i]! }] : [],
      );
      const kills = own.reduce((sum, { points }) => sum + points.length, 0);
      const found = own.flatMap((stretch) => stretch.problems);
      return killRow(subject, kills, own[0]!.operations, found);
    });
  },
};

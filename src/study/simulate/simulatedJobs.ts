import { createRandom } from '../../core/random.ts';
import type { Job } from '../../pipeline/job.ts';
import { expectedSeconds } from '../../pipeline/jobProgress.ts';
import type { SimulatedJob } from './simulateRun.ts';

/** What a job took when it ran. */
export interface MeasuredJob {
  readonly id: string;
  readonly seconds: number;
  /** Of what it left. */
  readonly bytes: number;
}

export interface Growth {
  /** The plan that was measured, and what was measured of it. */
  readonly small: readonly Job[];
  readonly measured: readonly MeasuredJob[];
  /** The plan to simulate, and by name of its categories those of the small one. */
  readonly large: readonly Job[];
  readonly sources: ReadonlyMap<string, string>;
  /** Of the files that jobs read, by their SHA-256. */
  readonly fileBytes: ReadonlyMap<string, number>;
  readonly seed: number;
}

/**
 * Gives each job of the large plan a time. One of a category takes what the same job took for one of
 * the measured categories, drawn under the seed; one of all categories takes longer in proportion
 * to what it reads. What was not measured takes as long as the plan expects, times the median of what
 * others took of what was expected of them.
 */
export function simulatedJobs({ small, measured, large, sources, fileBytes, seed }: Growth): {
  readonly jobs: readonly SimulatedJob[];
  readonly estimated: number;
} {
  const random = createRandom(`${seed}/growth`);
  const smallById = new Map(small.map((job) => [job.id, job]));
  const found = new Map(measured.map((one) => [one.id, one]));
  const roles = new Map<string, MeasuredJob[]>();
  for (const one of measured) {
    const { role } = roleOf(one.id, sources);
    roles.set(role, [...(roles.get(role) ?? []), one]);
  }
  const slowness = median(
    measured.flatMap(({ id, seconds }) => {
      const job = smallById.get(id);
      return job === undefined ? [] : [seconds / expectedSeconds(job)];
    }),
  );
  let estimated = 0;

  function costOf(job: Job): { seconds: number; bytes: number } {
    const { role, category } = roleOf(job.id, sources);
    const same = category === undefined ? undefined : roles.get(role);
    if (same !== undefined) return random.fork(job.id).pick(same);
    const own = found.get(job.id);
    if (own !== undefined) {
      const scale = readBy(job) / readBy(smallById.get(job.id)!);
      return { seconds: own.seconds * scale, bytes: own.bytes * scale };
    }
    estimated++;
    return { seconds: expectedSeconds(job) * slowness, bytes: 0 };
  }

  const jobs = large.map((job): SimulatedJob => {
    const { seconds, bytes } = costOf(job);
    const { category = '' } = roleOf(job.id, sources);
    return {
      id: job.id,
      needs: job.needs ?? [],
      seconds,
      bytes,
      // The same photographs, but of another category: other files.
      files: (job.files ?? []).map(({ sha256 }) => [
        `${category}/${sha256}`,
        fileBytes.get(sha256) ?? 0,
      ]),
      alone: job.alone ?? false,
    };
  });
  return { jobs, estimated };
}

/** `embed/bottle/clean` is the job `embed`, `clean` of the category bottle. */
function roleOf(id: string, sources: ReadonlyMap<string, string>) {
  const parts = id.split('/');
  const category = parts.find((part) => sources.has(part));
  const role = parts.map((part) => (part === category ? '*' : part)).join('/');
  return { role, category };
}

const readBy = ({ needs = [], files = [] }: Job): number =>
  Math.max(1, needs.length + files.length);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}

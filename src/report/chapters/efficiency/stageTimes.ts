/** The times of a study's jobs, summed by what they are for. */
import type { MeasuredStudy } from '../../../result/measured.ts';

export interface StageTime {
  readonly stage: string;
  readonly jobs: number;
  readonly seconds: number;
  /** Of the job that needed most. */
  readonly peakBytes: number;
  /** Of what the jobs have left. */
  readonly bytes: number;
}

/** Job ids start with their stage, those of the analysis with `analysis/PART`. The longest first. */
export function stageTimes(jobs: MeasuredStudy['jobs']): StageTime[] {
  const stages = new Map<string, StageTime>();
  for (const { id, seconds, peakBytes, bytes } of jobs) {
    const stage = stageOf(id);
    const known = stages.get(stage) ?? { stage, jobs: 0, seconds: 0, peakBytes: 0, bytes: 0 };
    stages.set(stage, {
      stage,
      jobs: known.jobs + 1,
      seconds: known.seconds + seconds,
      peakBytes: Math.max(known.peakBytes, peakBytes),
      bytes: known.bytes + bytes,
    });
  }
  return [...stages.values()].sort((a, b) => b.seconds - a.seconds);
}

function stageOf(id: string): string {
  const [first, second] = id.split('/');
  return first === 'analysis' && second !== undefined ? `analysis: ${second}` : first!;
}

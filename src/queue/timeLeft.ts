/** How fast a study goes, and how long it will take. */
import type { StageStatus } from './stageStatus.ts';

const WINDOW_MS = 5 * 60_000;

/** Stages that ended in the last five minutes, a minute. */
export function stagesAMinute(stages: readonly StageStatus[], now: number): number {
  const ended = stages.filter(({ endedAt }) => endedAt !== null && now - endedAt <= WINDOW_MS);
  const first = Math.min(...stages.map(({ startedAt }) => startedAt ?? now), now);
  const minutes = Math.min(WINDOW_MS, now - first) / 60_000;
  return minutes > 0 ? ended.length / minutes : 0;
}

/**
 * Whichever is longer of the work left, shared among all slots, and the longest chain left; both
 * by what stages are expected to take, corrected by what those that are done have taken.
 * @param needs by id, in an order in which each comes after those it needs
 * @returns null where nothing is done yet, or nobody works
 */
export function secondsLeft(
  stages: readonly StageStatus[],
  needs: ReadonlyMap<string, readonly string[]>,
  slots: number,
): number | null {
  const left = new Map(
    stages
      .filter(({ state }) => state === 'waiting' || state === 'running')
      .map((stage) => [stage.id, stage.expectedSeconds]),
  );
  if (left.size === 0) return 0;
  const timed = stages.filter(
    ({ state, startedAt, endedAt }) => state === 'done' && startedAt !== null && endedAt !== null,
  );
  const expected = timed.reduce((sum, stage) => sum + stage.expectedSeconds, 0);
  if (expected === 0 || slots === 0) return null;
  const taken = timed.reduce((sum, stage) => sum + (stage.endedAt! - stage.startedAt!) / 1000, 0);
  const work = [...left.values()].reduce((sum, seconds) => sum + seconds, 0);
  const chains = new Map<string, number>();
  for (const [id, of] of needs) {
    const before = Math.max(0, ...of.map((need) => chains.get(need) ?? 0));
    chains.set(id, before + (left.get(id) ?? 0));
  }
  return Math.max(work / slots, ...chains.values()) * (taken / expected);
}

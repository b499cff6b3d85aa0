import { describe, expect, it } from 'vitest';
import type { StageStatus } from './stageStatus.ts';
import { secondsLeft, stagesAMinute } from './timeLeft.ts';

const stage = (
  id: string,
  state: StageStatus['state'],
  expectedSeconds: number,
  [startedAt, endedAt]: readonly [number | null, number | null] = [null, null],
): StageStatus => ({
  ...{ id, stage: 's', state, failures: 0, expectedSeconds, startedAt, endedAt, worker: null },
});

const none = new Map<string, readonly string[]>();

describe('secondsLeft', () => {
  // Expected were 10 s, 20 s were taken: twice as long.
  const done = stage('a', 'done', 10, [0, 20_000]);

  it('shares the work among the slots, corrected by what was taken', () => {
    const stages = [done, stage('b', 'waiting', 30), stage('c', 'running', 10)];
    expect(secondsLeft(stages, none, 4)).toBe(20);
  });

  it('is no shorter than the longest chain', () => {
    const stages = [done, ...['b', 'c', 'd'].map((id) => stage(id, 'waiting', 10))];
    const chain = new Map([
      ['a', []],
      ['b', ['a']],
      ['c', ['b']],
      ['d', ['a']],
    ]);
    expect(secondsLeft(stages, chain, 100)).toBe(40);
  });

  it('is not known before anything is done, and while nobody works', () => {
    expect(secondsLeft([stage('a', 'waiting', 10)], none, 4)).toBeNull();
    expect(secondsLeft([done, stage('b', 'waiting', 10)], none, 0)).toBeNull();
  });

  it('is nothing where all has ended', () => {
    expect(secondsLeft([done, stage('b', 'failed', 10), stage('c', 'held back', 5)], none, 0)).toBe(
      0,
    );
  });
});

describe('stagesAMinute', () => {
  const minute = 60_000;

  it('counts what ended in the last five minutes', () => {
    const ended = (at: number) => stage('x', 'done', 1, [0, at * minute]);
    expect(stagesAMinute([1, 4, 6, 7, 8, 9].map(ended), 10 * minute)).toBe(4 / 5);
  });

  it('goes by the time since the first began, where that is less', () => {
    const ended = stage('x', 'done', 1, [8 * minute, 9 * minute]);
    expect(stagesAMinute([ended, ended], 10 * minute)).toBe(1);
  });

  it('is nothing before anything has begun', () => {
    expect(stagesAMinute([stage('x', 'waiting', 1)], 10)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { Job } from '../../pipeline/job.ts';
import { simulatedJobs } from './simulatedJobs.ts';

const job = (id: string, more: Partial<Job> = {}): Job => ({
  ...{ id, stage: 'embed', kind: 'embed', options: null },
  ...more,
});

const photo = (name: string, sha256: string) => ({ name, sha256 });
const planOf = (names: readonly string[]): Job[] => [
  ...names.map((name) => job(`embed/${name}/clean`, { files: [photo(`${name}/1`, 'aa')] })),
  ...names.map((name) => job(`fit/${name}`, { needs: [`embed/${name}/clean`], seconds: 3 })),
  job('global', { needs: names.map((name) => `fit/${name}`), alone: true }),
];

const NAMES = ['nut', 'nut-2', 'zip', 'zip-2', 'nut-3', 'nut-4'];
const GROWTH = {
  small: planOf(['nut', 'zip']),
  large: planOf(NAMES),
  measured: [
    { id: 'embed/nut/clean', seconds: 1, bytes: 10 },
    { id: 'embed/zip/clean', seconds: 5, bytes: 50 },
    { id: 'global', seconds: 4, bytes: 100 },
  ],
  sources: new Map(NAMES.map((name) => [name, name.slice(0, 3)])),
  fileBytes: new Map([['aa', 7]]),
  seed: 1,
};

describe('simulatedJobs', () => {
  const { jobs, estimated } = simulatedJobs(GROWTH);
  const of = (id: string) => jobs.find((one) => one.id === id)!;

  it('draws the times of categories from those that were measured, bytes with them', () => {
    const embeds = jobs.filter(({ id }) => id.startsWith('embed/'));
    expect(embeds).toHaveLength(6);
    for (const { seconds, bytes } of embeds) {
      expect([1, 5]).toContain(seconds);
      expect(bytes).toBe(10 * seconds);
    }
    expect(new Set(embeds.map(({ seconds }) => seconds)).size).toBe(2);
    expect(simulatedJobs(GROWTH).jobs).toEqual(jobs);
    expect(simulatedJobs({ ...GROWTH, seed: 3 }).jobs).not.toEqual(jobs);
  });

  it('lets what all categories go into grow with their number', () => {
    expect(of('global')).toMatchObject({ seconds: 12, bytes: 300, alone: true });
  });

  it('estimates what was not measured from what was expected, and says of how many', () => {
    // Of one second expected of each, 1, 5 and 4 were taken: the median is 4.
    expect(of('fit/nut')).toMatchObject({ seconds: 12, bytes: 0, needs: ['embed/nut/clean'] });
    expect(estimated).toBe(6);
  });

  it('has each category read files of its own', () => {
    expect(of('embed/nut/clean').files).toEqual([['nut/aa', 7]]);
    expect(of('embed/nut-2/clean').files).toEqual([['nut-2/aa', 7]]);
  });
});

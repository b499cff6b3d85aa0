import { describe, expect, it } from 'vitest';
import type { Job } from '../pipeline/job.ts';
import { byTurn, className, classOf, type Free, fits, parseClass } from './stageClass.ts';

const job = (more: Partial<Job>): Job => ({ id: 'a', stage: 's', kind: 'k', options: {}, ...more });
const resources = (gigabytes: number, cores = 1, device?: string) => ({
  resources: { memoryBytes: gigabytes * 1e9, cores, ...(device !== undefined && { device }) },
});
const name = (more: Partial<Job>) => className(classOf(job(more)));

describe('classOf', () => {
  it('gives memory in steps, so that there are few classes', () => {
    expect(name(resources(0.3))).toBe('cpu-1gb-1c');
    expect(name(resources(1))).toBe('cpu-1gb-1c');
    expect(name(resources(2.1))).toBe('cpu-4gb-1c');
    expect(name({})).toBe('cpu-2gb-1c');
    expect(name({ ...resources(5, 2, 'cuda'), alone: true })).toBe('cuda-8gb-2c-alone');
  });

  it('is read again from its name', () => {
    for (const more of [{}, { ...resources(5, 2, 'cuda'), alone: true }]) {
      expect(parseClass(name(more))).toEqual(classOf(job(more)));
    }
    expect(parseClass('cpu-many')).toBeUndefined();
  });
});

describe('fits', () => {
  const free: Free = { devices: new Set(['cpu']), memoryBytes: 4e9, cores: 2, idle: false };
  it.each([
    ['what leaves nothing free', resources(4, 2), true],
    ['too much memory', resources(4.1), false],
    ['too many cores', resources(1, 3), false],
    ['a device that is not there', resources(1, 1, 'cuda'), false],
    ['what is to be alone, beside others', { ...resources(1), alone: true }, false],
  ])('%s', (_, more, expected) => {
    expect(fits(classOf(job(more)), free)).toBe(expected);
  });

  it('what is to be alone, where nothing is in work', () => {
    expect(fits(classOf(job({ alone: true })), { ...free, idle: true })).toBe(true);
  });
});

it('large ones have their turn first, those that are to be alone last', () => {
  const classes = [{ alone: true, ...resources(16) }, resources(1), resources(8), resources(8, 4)];
  expect(
    classes
      .map((more) => classOf(job(more)))
      .sort(byTurn)
      .map(className),
  ).toEqual(['cpu-8gb-4c', 'cpu-8gb-1c', 'cpu-1gb-1c', 'cpu-16gb-1c-alone']);
});

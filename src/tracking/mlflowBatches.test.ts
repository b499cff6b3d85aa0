import { describe, expect, it } from 'vitest';
import { mlflowBatches } from './mlflowBatches.ts';
import type { TrackedRun } from './trackedRun.ts';

const run = (params: TrackedRun['params'], tags: readonly string[]): TrackedRun => ({
  name: 'line 3',
  params,
  metrics: tags.map((tag, i) => ({ tag, value: i / 2, step: i })),
  startedAt: 10,
  endedAt: 20,
});

describe('mlflowBatches', () => {
  it('sends parameters as text, then metrics', () => {
    expect(mlflowBatches(run({ seed: 42, adapted: true }, ['a/f1', 'b/f1']))).toEqual([
      {
        params: [
          { key: 'seed', value: '42' },
          { key: 'adapted', value: 'true' },
        ],
      },
      {
        metrics: [
          { key: 'a/f1', value: 0, step: 0, timestamp: 20 },
          { key: 'b/f1', value: 0.5, step: 1, timestamp: 20 },
        ],
      },
    ]);
    expect(mlflowBatches(run({}, []))).toEqual([]);
  });

  it('keeps 1000 metrics and 100 parameters a call', () => {
    const params = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`p${i}`, i]));
    const batches = mlflowBatches(run(params, new Array(2000).fill('f1')));
    expect(batches.map(({ params: own }) => own?.length ?? 0)).toEqual([100, 100, 1, 0, 0]);
    expect(batches.map(({ metrics: own }) => own?.length ?? 0)).toEqual([0, 0, 0, 1000, 1000]);
    expect(batches.at(-1)?.metrics?.at(-1)).toMatchObject({ value: 999.5, step: 1999 });
  });

  it('makes keys that MLflow takes and keeps different ones apart', () => {
    const keys = (tags: readonly string[]) =>
      mlflowBatches(run({}, tags))[0]?.metrics?.map(({ key }) => key);
    expect(keys(['größe 3/f-1.x', 'a+b', 'a*b', 'a+b', 'a_b'])).toEqual([
      'größe 3/f-1.x',
      'a_b',
      'a_b_2',
      'a_b',
      'a_b_3',
    ]);
    const [first = '', second = ''] = keys([`${'é'.repeat(250)}1`, `${'é'.repeat(250)}2`]) ?? [];
    expect(first).toBe('é'.repeat(250));
    expect(second).toBe(`${'é'.repeat(248)}_2`);
  });

  it('cuts what is too long for a parameter', () => {
    const [batch] = mlflowBatches(run({ categories: '😀'.repeat(6001) }, []));
    expect(batch?.params?.[0]?.value).toBe('😀'.repeat(6000));
  });
});

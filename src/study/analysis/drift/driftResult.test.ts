import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { driftSchema } from '../../../result/analysis/drift.ts';
import { type DriftInput, driftResult } from './driftResult.ts';
import type { Images } from './watch.ts';

const random = createRandom('drift result');
const imagesOf = (count: number, moved: Readonly<Record<string, number>> = {}): Images =>
  Array.from({ length: count }, () =>
    Object.fromEntries(
      ['brightness', 'contrast', 'noise'].map((name) => [
        name,
        50 + (moved[name] ?? 0) + random.normal(),
      ]),
    ),
  );

const INPUT: DriftInput = {
  category: 'nut',
  falseAlarm: 0.01,
  streams: 20,
  confidence: 0.95,
  seed: 42,
  reference: imagesOf(30),
  test: imagesOf(20),
  defects: imagesOf(10),
  changes: [
    {
      preset: 'seed',
      level: 'mild',
      lamps: [{ shift: ['noise 0.010'], images: imagesOf(20, { noise: 8 }) }],
    },
    {
      preset: 'seed',
      level: 'severe',
      lamps: [
        { shift: ['noise 0.030'], images: imagesOf(20, { noise: 20 }) },
        { shift: ['bright 1.00'], images: imagesOf(20, { brightness: 0.3 }) },
      ],
    },
  ],
  others: [
    {
      statistic: 'score',
      method: 'padim',
      reference: Array.from({ length: 30 }, () => ({ score: random.normal() })),
      test: Array.from({ length: 20 }, () => ({ score: random.normal() })),
      defects: Array.from({ length: 10 }, () => ({ score: 9 + random.normal() })),
    },
  ],
};

describe('driftResult', () => {
  const result = driftResult(INPUT);

  test('is an element of the result, the same every time', () => {
    expect(driftSchema.parse(result)).toEqual(result);
    expect(driftResult(INPUT)).toEqual(result);
  });

  test('says in words what its numbers are', () => {
    expect(result.falseAlarms.data.map(({ rule, streams }) => [rule, streams])).toEqual([
      ['both-drawn', 20],
      ['reference-fixed', 4],
      ['as-stored', 4],
    ]);
    expect(result.falseAlarms.sentence).toContain('of 20 streams of 1000 unchanged images');
    const { falseAlarms } = driftResult({ ...INPUT, confidence: 0.995 });
    expect(falseAlarms.sentence).toContain('with 99.5% confidence; 1% is promised');
    expect(result.folders!.sentence).toContain('The 20 normal images of the test folder');
    expect(result.detection.sentence).toMatch(/mild: seed \d+; severe: seed \d+/);
    expect(result.paths.data.paths.map(({ level }) => level)).toEqual([
      'unchanged',
      'mild',
      'severe',
    ]);
    expect(result.bursts!.sentence).toContain('image scores of PaDiM: 100%');
  });

  test('explains what stays undetected at the highest level', () => {
    expect(result.undetected).toHaveLength(1);
    expect(result.undetected[0]).toContain('seed, severe, lamp 1 (bright 1.00)');
    expect(result.undetected[0]).toMatch(/brightness by \+0\.\d/);
  });

  test('says what it could not compute', () => {
    const bare = driftResult({ ...INPUT, test: [], defects: [], others: [] });
    expect(driftSchema.parse(bare)).toEqual(bare);
    expect(bare.folders).toBeNull();
    expect(bare.bursts).toBeNull();
    expect(bare.notComputable).toEqual([
      'folders not computable: the test folder has no normal images',
      'bursts not computable: there are no defective images',
    ]);
  });

  test('has numbers for a single image, and for images that are all alike', () => {
    const same = { brightness: 5, contrast: 5, noise: 5 };
    const alike = { ...INPUT, reference: [same], test: [same], defects: [same] };
    const one = driftResult(alike);
    expect(driftSchema.parse(one)).toEqual(one);
    expect(one.folders!.data.pValue).toBe(1);
    expect(JSON.stringify(one)).not.toContain('NaN');
  });
});

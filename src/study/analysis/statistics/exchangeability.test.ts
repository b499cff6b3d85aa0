import { expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { exchangeability } from './exchangeability.ts';

const name = { category: 'nut', method: 'padim', scenario: 'shift-none' } as const;

function scored(normal: number, higher: number) {
  const random = createRandom(`${normal} ${higher}`);
  const images = Array.from({ length: normal + 5 }, (_, i) => ({
    id: String(i),
    label: i < normal ? ('normal' as const) : ('anomalous' as const),
    defectType: 'x',
  }));
  const run = () => images.map(({ label }) => random.normal() + (label === 'normal' ? higher : 9));
  return { images, scores: [run(), run()] };
}

test('normal images that score higher are no longer exchangeable', () => {
  const found = exchangeability(name, scored(40, 0), scored(20, 2), 0.05);
  expect(found).toMatchObject({ ...name, validation: 40, test: 20 });
  expect(found.ks.pValue).toBeLessThan(0.001);
});

test('normal images that score alike may be; anomalous ones do not count', () => {
  expect(exchangeability(name, scored(40, 0), scored(41, 0), 0.05).ks.pValue).toBeGreaterThan(0.05);
});

test('of few images says so', () => {
  expect(exchangeability(name, scored(40, 0), scored(2, 0), 0.05).ks).toMatchObject({
    pValue: null,
    reason: 'too few to test: 40 and 2 normal images, where a test takes at least 6 of each',
  });
});

import { expect, it } from 'vitest';
import { reportResult } from '../../../test/support/reportInput.ts';
import { mostPictures } from './mostPictures.ts';

it('is the highest rung of pictures that join the model', () => {
  const [ladder] = reportResult().experiments.adaptation_ladder!;
  expect(mostPictures(ladder!)).toMatchObject({ strategy: 'append', pictures: 5 });
  const rungs = ladder!.rungs.filter(({ strategy }) => strategy === 'recalibrate');
  expect(mostPictures({ ...ladder!, rungs })).toBeUndefined();
});

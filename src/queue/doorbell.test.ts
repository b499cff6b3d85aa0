import { expect, test } from 'vitest';
import { doorbell } from './doorbell.ts';

const LONG = 60_000;

test('wakes all who wait', async () => {
  const bell = doorbell();
  const waits = [bell.wait(0, LONG), bell.wait(0, LONG)];
  bell.ring();
  await Promise.all(waits);
  expect(bell.rings()).toBe(1);
});

test('a ring before anybody waits is heard', async () => {
  const bell = doorbell();
  const before = bell.rings();
  bell.ring();
  await bell.wait(before, LONG);
});

test('nobody waits longer than asked', async () => {
  await doorbell().wait(0, 1);
});

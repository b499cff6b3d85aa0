import { expect, it } from 'vitest';
import { readAhead } from './readAhead.ts';

const later = () => new Promise((resolve) => setTimeout(resolve, 1));

it('keeps the order, with as many in the making as asked for', async () => {
  let making = 0;
  let most = 0;
  const make = async (item: number) => {
    most = Math.max(most, ++making);
    // The later ones are ready first.
    for (let i = item; i < 5; i++) await later();
    making--;
    return 10 * item;
  };
  const found: number[] = [];
  for await (const result of readAhead([0, 1, 2, 3, 4], make, 3)) found.push(result);
  expect(found).toEqual([0, 10, 20, 30, 40]);
  expect(most).toBe(3);
});

it('meets a failure in its turn', async () => {
  const make = async (item: number) => {
    if (item === 1) throw new Error('no');
    return item;
  };
  const found: number[] = [];
  const reading = (async () => {
    for await (const result of readAhead([0, 1, 2], make, 3)) found.push(result);
  })();
  await expect(reading).rejects.toThrow('no');
  expect(found).toEqual([0]);
});

it('waits for what is in the making when left early', async () => {
  let ended = 0;
  const make = async (item: number) => {
    await later();
    ended++;
    return item;
  };
  for await (const _ of readAhead([0, 1, 2, 3], make, 3)) break;
  expect(ended).toBe(3);
});

it('meets a failure of the items themselves in its turn', async () => {
  async function* failing() {
    yield 0;
    yield 1;
    throw new Error('unreadable');
  }
  const found: number[] = [];
  const reading = (async () => {
    for await (const result of readAhead(failing(), async (item) => item, 3)) found.push(result);
  })();
  await expect(reading).rejects.toThrow('unreadable');
  expect(found).toEqual([0, 1]);
});

it('ends the items when left early', async () => {
  let ended = false;
  async function* items() {
    try {
      for (let item = 0; ; item++) yield item;
    } finally {
      ended = true;
    }
  }
  for await (const _ of readAhead(items(), async (item) => item, 3)) break;
  expect(ended).toBe(true);
});

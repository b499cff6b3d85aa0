import { expect, it } from 'vitest';
import { startedEarly } from './startedEarly.ts';

function counting() {
  const made: number[] = [];
  const ended: string[] = [];
  async function* source() {
    try {
      for (let i = 0; i < 3; i++) {
        made.push(i);
        yield i;
      }
    } finally {
      ended.push('ended');
    }
  }
  return { made, ended, source: startedEarly(source()) };
}

it('has the first item in the making before it is asked for, and gives all of them', async () => {
  const { made, ended, source } = counting();
  expect(made).toEqual([0]);
  const found: number[] = [];
  for await (const item of source) found.push(item);
  expect(found).toEqual([0, 1, 2]);
  expect(ended).toEqual(['ended']);
});

it('ends its source when it is returned, asked for anything or not', async () => {
  const { made, ended, source } = counting();
  await source.return?.();
  expect(made).toEqual([0]);
  expect(ended).toEqual(['ended']);
  expect(await source.next()).toMatchObject({ value: 0 });
  expect(await source.next()).toMatchObject({ done: true });
});

it('keeps a failure for whoever asks', async () => {
  // biome-ignore lint/correctness/useYield: it fails before.
  async function* failing(): AsyncGenerator<number> {
    throw new Error('no first one');
  }
  const source = startedEarly(failing());
  await new Promise((resolve) => setTimeout(resolve));
  await expect(source.next()).rejects.toThrow('no first one');
});

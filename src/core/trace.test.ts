import { expect, it } from 'vitest';
import { listenToWork, traced, type WorkSpan, workListener } from './trace.ts';

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

it('tells of work to whoever listens, however deep it is done', async () => {
  const spans: WorkSpan[] = [];
  const before = Date.now();
  const result = await listenToWork(
    (span) => spans.push(span),
    async () => {
      await pause(1);
      return traced('decode', { image: 'a.png' }, () => pause(20).then(() => 7));
    },
  );
  expect(result).toBe(7);
  expect(spans).toHaveLength(1);
  const [span] = spans as [WorkSpan];
  expect(span).toMatchObject({ name: 'decode', detail: { image: 'a.png' }, process: process.pid });
  // Timers fire up to a millisecond early.
  expect(span.milliseconds).toBeGreaterThanOrEqual(19);
  expect(span.start).toBeGreaterThanOrEqual(before - 1);
});

it('keeps those who listen at the same time apart', async () => {
  const heard = async (name: string) => {
    const names: string[] = [];
    await listenToWork(
      (span) => names.push(span.name),
      async () => {
        await pause(2);
        await traced(name, {}, () => pause(2));
      },
    );
    return names;
  };
  expect(await Promise.all([heard('a'), heard('b')])).toEqual([['a'], ['b']]);
  expect(workListener()).toBeUndefined();
});

it('says nothing of work that failed, and changes nothing where nobody listens', async () => {
  const spans: WorkSpan[] = [];
  const fail = () => traced('x', {}, () => Promise.reject(new Error('no')));
  await expect(listenToWork((span) => spans.push(span), fail)).rejects.toThrow('no');
  expect(spans).toEqual([]);
  expect(await traced('x', {}, async () => 3)).toBe(3);
});

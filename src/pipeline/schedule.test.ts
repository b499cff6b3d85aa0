import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { joinJob } from '../../test/support/pipelineJobs.ts';
import { schedule } from './schedule.ts';

const jobOf = (id: string, needs: readonly string[] = [], seconds?: number) => ({
  job: { ...joinJob(id, needs), ...(seconds !== undefined && { seconds }) },
});
type One = ReturnType<typeof jobOf>;
const aloneOf = (id: string, needs: readonly string[] = [], seconds?: number) => {
  const { job } = jobOf(id, needs, seconds);
  return { job: { ...job, alone: true } };
};

const free = async () => ({ async [Symbol.asyncDispose]() {} });

/** Ids in the order they began and ended: `+a -a`. */
async function trace(
  jobs: readonly One[],
  slots: number,
  options: {
    readonly claim?: (one: One) => Promise<AsyncDisposable | undefined>;
    readonly during?: (one: One) => Promise<void> | void;
    readonly signal?: AbortSignal;
  } = {},
) {
  const said: string[] = [];
  const work = async (one: One) => {
    said.push(`+${one.job.id}`);
    await wait(1);
    await options.during?.(one);
    said.push(`-${one.job.id}`);
  };
  const ended = schedule(jobs, slots, options.claim ?? free, work, options.signal);
  const error = await ended.catch((thrown: unknown) => thrown);
  return { said: said.join(' '), error };
}

describe('schedule', () => {
  it('works on one after another in one slot', async () => {
    const jobs = [jobOf('a'), jobOf('b', ['a']), jobOf('c', ['b'])];
    expect(await trace(jobs, 1)).toEqual({ said: '+a -a +b -b +c -c', error: undefined });
  });

  it('fills the slots, and waits for what a job needs', async () => {
    const jobs = [jobOf('a'), jobOf('b'), jobOf('c'), jobOf('d', ['a', 'b', 'c'])];
    const { said } = await trace(jobs, 2);
    expect(said).toMatch(/^\+a \+b (-a|-b) /);
    expect(said).toMatch(/-[abc] \+d -d$/);
  });

  it('begins the longest way first', async () => {
    const jobs = [jobOf('short', [], 5), jobOf('first', [], 1), jobOf('then', ['first'], 5)];
    expect((await trace(jobs, 1)).said).toBe('+first -first +short -short +then -then');
  });

  it('lets a job be alone, when no other can start', async () => {
    const jobs = [
      aloneOf('alone', [], 99),
      jobOf('a', [], 2),
      jobOf('b', ['a']),
      aloneOf('too', ['a']),
      jobOf('after', ['alone']),
    ];
    const { said } = await trace(jobs, 2);
    expect(said).toBe('+a -a +b -b +alone -alone +after -after +too -too');
  });

  describe('transient jobs', () => {
    const transient = (id: string, needs: readonly string[] = [], seconds?: number): One => {
      const { job } = jobOf(id, needs, seconds);
      return { job: { ...job, transient: true } };
    };

    it('come after all others that can start, one by one with their readers', async () => {
      const jobs = [
        transient('s', [], 9),
        transient('t', [], 8),
        jobOf('read s', ['s']),
        jobOf('read t', ['t']),
        jobOf('a'),
      ];
      const { said } = await trace(jobs, 1);
      expect(said).toBe('+a -a +s -s +read s -read s +t -t +read t -read t');
    });

    it('wait for what their readers lack, but not for what builds on them', async () => {
      const jobs = [
        transient('t', [], 9),
        jobOf('model', ['t']),
        jobOf('read', ['t', 'model', 'late']),
        jobOf('first'),
        jobOf('late', ['first']),
      ];
      const { said } = await trace(jobs, 2);
      expect(said).toBe('+first -first +late -late +t -t +model -model +read -read');
    });

    it('go ahead where nothing else can', async () => {
      const jobs = [
        transient('s', [], 2),
        transient('t'),
        jobOf('from s', ['s']),
        jobOf('from t', ['t']),
        jobOf('read s', ['s', 'from t']),
        jobOf('read t', ['t', 'from s']),
        aloneOf('alone'),
      ];
      const { said, error } = await trace(jobs, 2);
      expect(error).toBeUndefined();
      expect(said).toMatch(/^\+alone -alone \+s -s \+from s -from s \+t -t \+from t /);
    });
  });

  it('takes others while somebody else works on a job', async () => {
    let looks = 0;
    const claim = async ({ job }: One) => (job.id === 'a' && looks++ < 2 ? undefined : free());
    const jobs = [jobOf('a', [], 9), jobOf('b'), jobOf('c', ['a'])];
    expect((await trace(jobs, 1, { claim })).said).toBe('+b -b +a -a +c -c');
    expect(looks).toBe(3);
  });

  it('gives a job back when it has ended, whichever way', async () => {
    const given: string[] = [];
    const claim = async ({ job }: One) => ({
      async [Symbol.asyncDispose]() {
        given.push(job.id);
      },
    });
    const during = ({ job }: One) => {
      if (job.id === 'b') throw new Error('b');
    };
    await trace([jobOf('a'), jobOf('b')], 1, { claim, during });
    expect(given).toEqual(['a', 'b']);
  });

  it('begins nothing after a failure, lets what runs end, and throws the first', async () => {
    const during = async ({ job }: One) => {
      if (job.id === 'a') throw new Error('first');
      await wait(20);
      if (job.id === 'b') throw new Error('second');
    };
    const jobs = [jobOf('a'), jobOf('b'), jobOf('c'), jobOf('d'), jobOf('e', ['a'])];
    const { said, error } = await trace(jobs, 3, { during });
    expect(said).toBe('+a +b +c -c');
    expect(error).toMatchObject({ message: 'first' });
  });

  it('throws what a claim throws', async () => {
    const claim = async () => {
      throw new Error('no rights');
    };
    expect(await trace([jobOf('a')], 1, { claim })).toMatchObject({
      said: '',
      error: { message: 'no rights' },
    });
  });

  it('begins nothing after an abort, nor waits for others', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const claim = async ({ job }: One) => (job.id === 'held' ? undefined : free());
    const during = () => controller.abort(reason);
    const jobs = [jobOf('held', [], 9), jobOf('a'), jobOf('b')];
    const { said, error } = await trace(jobs, 1, { claim, during, signal: controller.signal });
    expect(said).toBe('+a -a');
    expect(error).toBe(reason);
  });

  it('has nothing to do without jobs', async () => {
    expect(await trace([], 1)).toEqual({ said: '', error: undefined });
  });
});

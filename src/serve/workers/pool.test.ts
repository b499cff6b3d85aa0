import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { environmentError, type FlawmapError, inputError } from '../../core/error.ts';
import type { JudgeTask, TaskAnswer } from './message.ts';
import { createPool, type Pool } from './pool.ts';
import type { StartWorker, Worker } from './startWorker.ts';

/** A worker that does what the test says. */
interface Puppet extends Worker {
  readonly asked: JudgeTask[];
  answer(): void;
  refuse(): void;
  die(): void;
}

let pool: Pool | undefined;
afterEach(async () => pool?.[Symbol.asyncDispose]());

const never = new AbortController().signal;
const task = (imageName: string): JudgeTask => ({
  ...{ model: 'bottle', bytes: new Uint8Array(1), imageName, map: 'none', overlay: false },
});

/** Starts puppets, which it puts into a list. */
function kindOf(started: Puppet[], opened: () => Promise<number> = async () => 10): StartWorker {
  return () => {
    const asked: JudgeTask[] = [];
    let settle: { resolve(answer: TaskAnswer): void; reject(error: unknown): void } | undefined;
    let end: (death: FlawmapError) => void;
    const ended = new Promise<FlawmapError>((resolve) => {
      end = resolve;
    });
    const die = () => end(environmentError({ what: 'it died' }));
    const puppet: Puppet = {
      opened: opened(),
      ended,
      asked,
      judge(given) {
        asked.push(given);
        return new Promise((resolve, reject) => {
          settle = { resolve, reject };
        });
      },
      answer: () => settle!.resolve({ reason: asked.at(-1)!.imageName } as TaskAnswer),
      refuse: () => settle!.reject(inputError({ what: 'no image' })),
      ...{ die, end: die, kill: die },
    };
    started.push(puppet);
    return puppet;
  };
}

const unopened = () => Promise.reject(inputError({ what: 'no such model' }));

function puppets(workers: number, { opens = true, patienceMs = 60_000 } = {}) {
  const started: Puppet[] = [];
  const deaths: FlawmapError[] = [];
  const onDeath = (death: FlawmapError) => void deaths.push(death);
  const start = opens ? kindOf(started) : kindOf(started, unopened);
  pool = createPool({ start, workers, patienceMs, onDeath });
  return { pool, started, deaths };
}

const soon = () => wait(5);
const nameOf = async (judged: ReturnType<Pool['judge']>) => (await judged).answer.reason;

describe('createPool', () => {
  it('is ready when all workers are, and hands out tasks in their order', async () => {
    const { pool, started } = puppets(2);
    const judged = ['a', 'b', 'c'].map((name) => nameOf(pool.judge(task(name), never)));
    await pool.whenReady;
    expect(pool.state()).toMatchObject({ wanted: 2, ready: 2, busy: 2, queued: 1 });
    expect(started.map(({ asked }) => asked.map(({ imageName }) => imageName))).toEqual([
      ['a'],
      ['b'],
    ]);
    started[1]!.answer();
    expect(await judged[1]).toBe('b');
    await soon();
    expect(started[1]!.asked.at(-1)!.imageName).toBe('c');
    for (const puppet of started) puppet.answer();
    expect(await Promise.all(judged)).toEqual(['a', 'b', 'c']);
    expect(pool.state()).toMatchObject({ busy: 0, queued: 0, taskMs: expect.any(Number) });
  });

  it('tries a task again when its worker dies, and starts another worker', async () => {
    const { pool, started, deaths } = puppets(2);
    await pool.whenReady;
    const judged = nameOf(pool.judge(task('a'), never));
    started[0]!.die();
    await soon();
    expect(started[1]!.asked).toHaveLength(1);
    started[1]!.answer();
    expect(await judged).toBe('a');
    await soon();
    expect(started).toHaveLength(3);
    expect(deaths).toHaveLength(1);
    expect(pool.state()).toMatchObject({ ready: 2, busy: 0 });
  });

  it('gives up a task that two workers have died of, and goes on with others', async () => {
    const { pool, started } = puppets(1);
    await pool.whenReady;
    const poison = pool.judge(task('poison'), never);
    const refused = expect(poison).rejects.toThrow('it died');
    started[0]!.die();
    await soon();
    started[1]!.die();
    await refused;
    const judged = nameOf(pool.judge(task('b'), never));
    await wait(400);
    started[2]!.answer();
    expect(await judged).toBe('b');
  });

  it('passes on what a worker refuses, without another try', async () => {
    const { pool, started } = puppets(1);
    await pool.whenReady;
    const judged = pool.judge(task('a'), never);
    const refused = expect(judged).rejects.toThrow('no image');
    started[0]!.refuse();
    await refused;
    expect(started[0]!.asked).toHaveLength(1);
    expect(pool.state()).toMatchObject({ ready: 1, busy: 0 });
  });

  it('drops a task that waits when nobody wants it any more', async () => {
    const { pool, started } = puppets(1);
    await pool.whenReady;
    const first = nameOf(pool.judge(task('a'), never));
    const controller = new AbortController();
    const second = pool.judge(task('b'), controller.signal);
    controller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect(pool.state().queued).toBe(0);
    started[0]!.answer();
    expect(await first).toBe('a');
    await soon();
    expect(started[0]!.asked).toHaveLength(1);
  });

  it('leaves a worker alone whose answer nobody waits for, until it is overdue', async () => {
    const { pool, started, deaths } = puppets(1, { patienceMs: 40 });
    await pool.whenReady;
    const controller = new AbortController();
    const judged = pool.judge(task('a'), controller.signal);
    controller.abort(new Error('late'));
    await expect(judged).rejects.toThrow('late');
    expect(pool.state().busy).toBe(1);
    await wait(80);
    expect(deaths).toHaveLength(1);
    expect(started).toHaveLength(2);
    expect(pool.state()).toMatchObject({ ready: 1, busy: 0 });
  });

  it('says why it cannot be ready', async () => {
    const { pool } = puppets(1, { opens: false });
    await expect(pool.whenReady).rejects.toThrow('no such model');
  });

  it('says why a worker that is started again cannot be opened', async () => {
    const started: Puppet[] = [];
    const deaths: string[] = [];
    const opened = () => (started.length === 0 ? Promise.resolve(10) : unopened());
    pool = createPool({
      ...{ start: kindOf(started, opened), workers: 1, patienceMs: 60_000 },
      onDeath: ({ message }) => void deaths.push(message),
    });
    await pool.whenReady;
    started[0]!.die();
    await soon();
    expect(deaths).toEqual(['it died', 'no such model']);
  });

  it('refuses what waits when it is closed', async () => {
    const { pool } = puppets(1);
    await pool.whenReady;
    const judged = ['a', 'b'].map((name) => pool.judge(task(name), never));
    const outcomes = Promise.allSettled(judged);
    await pool[Symbol.asyncDispose]();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('replace', () => {
  const namesOf = (puppets: readonly Puppet[]) =>
    puppets.map(({ asked }) => asked.map(({ imageName }) => imageName));

  it('moves what waits to the new workers, and lets the others finish what they have', async () => {
    const { pool, started, deaths } = puppets(2);
    await pool.whenReady;
    const judged = ['a', 'b', 'c', 'd'].map((name) => nameOf(pool.judge(task(name), never)));
    const next: Puppet[] = [];
    let moved = false;
    const replaced = pool.replace(
      kindOf(next),
      () => {
        moved = true;
        expect(namesOf(next)).toEqual([[]]);
      },
      never,
    );
    await soon();
    expect(moved).toBe(true);
    expect(namesOf(started)).toEqual([['a'], ['b']]);
    expect(namesOf(next)).toEqual([['c']]);
    // Both of before have work in hand: there is no third until one of them has ended.
    expect(next).toHaveLength(1);
    started[0]!.answer();
    await soon();
    expect(namesOf(next)).toEqual([['c']]);
    started[1]!.answer();
    await replaced;
    await soon();
    expect(namesOf(next)).toEqual([['c'], ['d']]);
    for (const puppet of next) puppet.answer();
    expect(await Promise.all(judged)).toEqual(['a', 'b', 'c', 'd']);
    expect(pool.state()).toMatchObject({ wanted: 2, ready: 2, busy: 0, queued: 0 });
    expect([started.length, next.length, deaths]).toEqual([2, 2, []]);
  });

  it('changes nothing where the first worker cannot be opened, or nobody waits for it', async () => {
    const { pool, started, deaths } = puppets(1);
    await pool.whenReady;
    const onMove = () => expect.unreachable();
    await expect(pool.replace(kindOf([], unopened), onMove, never)).rejects.toThrow(
      'no such model',
    );
    const silent: Puppet[] = [];
    const stop = new AbortController();
    const endless = () => new Promise<number>(() => {});
    const stopped = expect(
      pool.replace(kindOf(silent, endless), onMove, stop.signal),
    ).rejects.toThrow('stopped');
    stop.abort(new Error('stopped'));
    await stopped;
    expect(await silent[0]!.ended).toMatchObject({ details: { what: 'it died' } });
    const judged = nameOf(pool.judge(task('a'), never));
    started[0]!.answer();
    expect(await judged).toBe('a');
    expect([started.length, deaths]).toEqual([1, []]);
  });

  it('loses no task to a worker that dies while it is replaced', async () => {
    const { pool, started, deaths } = puppets(1);
    await pool.whenReady;
    const judged = nameOf(pool.judge(task('a'), never));
    const next: Puppet[] = [];
    const replaced = pool.replace(kindOf(next), () => {}, never);
    await soon();
    started[0]!.die();
    await replaced;
    expect(namesOf(next)).toEqual([['a']]);
    next[0]!.answer();
    expect(await judged).toBe('a');
    expect(deaths).toHaveLength(1);
    next[0]!.die();
    await soon();
    // Another of its own kind.
    expect([started.length, next.length]).toEqual([1, 2]);
  });

  it('leaves no more workers than there were after many replacements', async () => {
    const { pool, started } = puppets(3);
    await pool.whenReady;
    const all = [started];
    for (let i = 0; i < 50; i++) {
      const next: Puppet[] = [];
      all.push(next);
      await pool.replace(kindOf(next), () => {}, never);
      await soon();
      expect(pool.state()).toMatchObject({ wanted: 3, ready: 3, residentBytes: 30 });
    }
    expect(all.slice(1).map(({ length }) => length)).toEqual(Array(50).fill(3));
  });
});

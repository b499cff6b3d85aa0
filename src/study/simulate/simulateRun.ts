/**
 * A discrete-event simulation of a study's jobs on workers that share a store: who works on what
 * when, in the order in which the scheduler would have it, with transfers that share the store's
 * bandwidth equally.
 */

export interface SimulatedJob {
  readonly id: string;
  readonly needs: readonly string[];
  /** On a worker like the one that was measured. */
  readonly seconds: number;
  /** Of what it leaves. */
  readonly bytes: number;
  /** Photographs and other files that it reads, by a name of the content. */
  readonly files: readonly (readonly [name: string, bytes: number])[];
  /** It has a machine to itself. */
  readonly alone: boolean;
}

export interface SimulatedStore {
  /** Of all transfers together, in bytes per second. */
  readonly bandwidth: number;
  /** Of one worker. */
  readonly workerBandwidth: number;
  /** From a request to the first byte of its answer. */
  readonly latencySeconds: number;
}

export interface SimulatedMachines {
  readonly machines: number;
  /** Jobs that each works on at once; `SimulatedJob.seconds` are those of a job among so many. */
  readonly slots: number;
  /** Of every job, besides its own time: the queue, starting, writing down. */
  readonly overheadSeconds: number;
  /** Undefined: all is on one machine, and nothing travels. */
  readonly store: SimulatedStore | undefined;
}

export interface SimulatedRun {
  readonly seconds: number;
  /** Mean share of slots that compute. */
  readonly used: number;
  readonly transferredBytes: number;
  /** Share of the time in which workers want more of the store than it has. */
  readonly storeFull: number;
}

/** Requests of one artifact that wait for each other: its document and files; coming and going. */
const TRIPS = { fetch: 2, publish: 4 } as const;
/** Files that travel at the same time. */
const AT_ONCE = 8;

interface Phase {
  /** Seconds, or bytes of a transfer. */
  readonly amount: number;
  readonly kind: 'wait' | 'work' | 'transfer';
}

interface Active {
  readonly job: SimulatedJob;
  readonly machine: number;
  readonly phases: readonly Phase[];
  phase: number;
  /** Of the phase's amount. */
  left: number;
}

/** @param jobs in an order in which each comes after those it needs */
export function simulateRun(
  jobs: readonly SimulatedJob[],
  { machines, slots, overheadSeconds, store }: SimulatedMachines,
): SimulatedRun {
  const ways = waysToTheEnd(jobs);
  const bytesOf = new Map(jobs.map(({ id, bytes }) => [id, bytes]));
  const open = new Map(jobs.map(({ id, needs }) => [id, needs.length]));
  const readers = readersOf(jobs);
  const ready = jobs.filter(({ needs }) => needs.length === 0);
  const taken = new Array<number>(machines).fill(0);
  const held = Array.from({ length: machines }, () => new Set<string>());
  const active = new Set<Active>();
  let [now, worked, transferred, full] = [0, 0, 0, 0];

  function phasesOf(job: SimulatedJob, machine: number): Phase[] {
    const work: Phase = { kind: 'work', amount: job.seconds };
    if (store === undefined) return [{ kind: 'wait', amount: overheadSeconds }, work];
    const here = held[machine]!;
    const needed = job.needs.filter((id) => !here.has(id));
    const files = job.files.filter(([name]) => !here.has(name));
    for (const name of [...needed, ...files.map(([name]) => name), job.id]) here.add(name);
    const bytes =
      needed.reduce((sum, id) => sum + bytesOf.get(id)!, 0) +
      files.reduce((sum, [, size]) => sum + size, 0);
    transferred += bytes + job.bytes;
    const trips = TRIPS.fetch * needed.length + Math.ceil(files.length / AT_ONCE);
    return [
      { kind: 'wait', amount: overheadSeconds + store.latencySeconds * trips },
      { kind: 'transfer', amount: bytes },
      work,
      { kind: 'wait', amount: store.latencySeconds * TRIPS.publish },
      { kind: 'transfer', amount: job.bytes },
    ];
  }

  /** As the scheduler: those that are to be alone wait until no other can start. */
  function startWhatCan(): void {
    ready.sort((a, b) => Number(a.alone) - Number(b.alone) || ways.get(b.id)! - ways.get(a.id)!);
    for (let job = ready[0]; job !== undefined; job = ready[0]) {
      const needed = job.alone ? slots : 1;
      const least = Math.min(...taken);
      if (least + needed > slots) return;
      const machine = taken.indexOf(least);
      taken[machine]! += needed;
      ready.shift();
      const phases = phasesOf(job, machine);
      active.add({ job, machine, phases, phase: 0, left: phases[0]!.amount });
    }
  }

  function finish(one: Active): void {
    active.delete(one);
    taken[one.machine]! -= one.job.alone ? slots : 1;
    for (const reader of readers.get(one.job.id) ?? []) {
      const left = open.get(reader.id)! - 1;
      open.set(reader.id, left);
      if (left === 0) ready.push(reader);
    }
  }

  for (startWhatCan(); active.size > 0; startWhatCan()) {
    const kindOf = ({ phases, phase }: Active) => phases[phase]!.kind;
    const transfers = [...active].filter((one) => kindOf(one) === 'transfer').length;
    const share = (store?.bandwidth ?? 0) / transfers;
    const rate = Math.min(share, store?.workerBandwidth ?? 0);
    const speedOf = (one: Active) => (kindOf(one) === 'transfer' ? rate : 1);
    const timeLeft = (one: Active) => (one.left === 0 ? 0 : one.left / speedOf(one));
    const step = Math.min(...[...active].map(timeLeft));
    now += step;
    if (store !== undefined && share < store.workerBandwidth) full += step;
    for (const one of [...active]) {
      if (kindOf(one) === 'work') worked += step;
      const { amount } = one.phases[one.phase]!;
      const left = one.left - step * speedOf(one);
      // What rounding leaves must not ask for steps of its own.
      one.left = left <= 1e-9 * amount ? 0 : left;
      while (one.left === 0 && ++one.phase < one.phases.length) {
        one.left = one.phases[one.phase]!.amount;
      }
      if (one.phase === one.phases.length) finish(one);
    }
  }
  return {
    seconds: now,
    used: now === 0 ? 0 : worked / (now * machines * slots),
    transferredBytes: transferred,
    storeFull: now === 0 ? 0 : full / now,
  };
}

/**
 * By id: seconds of the longest chain of jobs that each begins, itself included.
 * @param overheadSeconds of every job, besides its own time
 */
function waysToTheEnd(
  jobs: readonly Pick<SimulatedJob, 'id' | 'needs' | 'seconds'>[],
  overheadSeconds = 0,
): Map<string, number> {
  const ways = new Map<string, number>();
  for (const { id, needs, seconds } of jobs.toReversed()) {
    const way = (ways.get(id) ?? 0) + overheadSeconds + seconds;
    ways.set(id, way);
    for (const need of needs) ways.set(need, Math.max(ways.get(need) ?? 0, way));
  }
  return ways;
}

/**
 * The longest chain: no number of workers is faster. With an overhead, many short jobs can take
 * longer than a few long ones.
 */
export function criticalPath(
  jobs: readonly SimulatedJob[],
  overheadSeconds: number,
): readonly SimulatedJob[] {
  const ways = waysToTheEnd(jobs, overheadSeconds);
  const readers = readersOf(jobs);
  const longest = (some: readonly SimulatedJob[]): SimulatedJob | undefined =>
    some.toSorted((a, b) => ways.get(b.id)! - ways.get(a.id)!)[0];
  const path: SimulatedJob[] = [];
  for (let job = longest(jobs); job !== undefined; job = longest(readers.get(job.id) ?? [])) {
    path.push(job);
  }
  return path;
}

function readersOf(jobs: readonly SimulatedJob[]): Map<string, SimulatedJob[]> {
  const readers = new Map<string, SimulatedJob[]>();
  for (const job of jobs) {
    for (const id of job.needs) readers.set(id, [...(readers.get(id) ?? []), job]);
  }
  return readers;
}

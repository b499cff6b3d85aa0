/** What the server measures of itself, for Prometheus. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Verdict } from '../inspection/judge/judgement.ts';
import type { LineStatus } from '../inspection/line/lineMonitor.ts';
import type { PoolState } from './workers/pool.ts';

export interface ServeMetrics {
  readonly contentType: string;
  text(): Promise<string>;
  answered(path: string, method: string, status: number, seconds: number): void;
  /** A request that was turned away before anything was done: why. */
  refused(reason: 'queue full' | 'closing' | 'token' | 'origin' | 'connections'): void;
  workerDied(): void;
  judged(image: JudgedImage): void;
  /** A model as it judges from now on. */
  modelServed(model: string, sha256: string): void;
  /** Of a file that was put in a model's place and is not taken. */
  modelRefused(model: string): void;
}

export interface JudgedImage {
  readonly model: string;
  readonly verdict: Verdict;
  readonly score: number;
  readonly threshold: number;
  readonly milliseconds: Readonly<Record<Stage, number>>;
  readonly conditions: LineStatus;
}

export type Stage = 'queue' | 'decode' | 'inference';

/** Looked at when the metrics are asked for. */
export interface Observed {
  pool(): PoolState;
  /** Requests that are being read, wait or are judged. */
  taken(): number;
}

const SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
/** Finest where it matters, around the threshold. */
const RATIOS = [0.25, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5, 2, 3, 5];

export function createServeMetrics({ pool, taken }: Observed): ServeMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const request = new Histogram({
    name: 'flawmap_request_seconds',
    help: 'Requests answered, by address, method and status',
    labelNames: ['path', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const stage = new Histogram({
    name: 'flawmap_stage_seconds',
    help: 'What images judged spent in the queue, in decoding and in inference',
    labelNames: ['model', 'stage'],
    buckets: SECONDS,
    registers,
  });
  const ratio = new Histogram({
    name: 'flawmap_score_ratio',
    help: 'Scores over their threshold: above 1 is anomalous',
    labelNames: ['model'],
    buckets: RATIOS,
    registers,
  });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const verdicts = counter('flawmap_verdicts_total', 'Images judged', ['model', 'verdict']);
  const refusals = counter('flawmap_refusals_total', 'Requests turned away', ['reason']);
  const restarts = counter('flawmap_worker_restarts_total', 'Workers that died and were replaced');
  const reloads = counter('flawmap_model_reloads_total', 'Model files replaced while served', [
    'model',
    'outcome',
  ]);
  const info = new Gauge({
    name: 'flawmap_model_info',
    help: '1 for the file that each model judges by',
    labelNames: ['model', 'sha256'],
    registers,
  });
  const stale = new Gauge({
    name: 'flawmap_model_stale',
    help: '1 while the file of a model was replaced by one that is not taken, or is gone',
    labelNames: ['model'],
    registers,
  });
  const hashes = new Map<string, string>();
  const evidence = new Gauge({
    name: 'flawmap_conditions_martingale',
    help: 'Evidence that imaging conditions have changed; alarm at flawmap_conditions_alarm_at',
    labelNames: ['model'],
    registers,
  });
  const alarmAt = new Gauge({
    name: 'flawmap_conditions_alarm_at',
    help: 'The evidence that raises the alarm',
    labelNames: ['model'],
    registers,
  });
  const changed = new Gauge({
    name: 'flawmap_conditions_changed',
    help: '1 once imaging conditions have changed: the threshold no longer holds',
    labelNames: ['model'],
    registers,
  });
  const observed = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  observed('flawmap_requests_taken', 'Requests being read, waiting or judged', taken);
  observed('flawmap_queue_length', 'Images that wait for a worker', () => pool().queued);
  observed('flawmap_workers_busy', 'Workers that judge', () => pool().busy);
  observed('flawmap_workers_ready', 'Workers with open models', () => pool().ready);
  observed('flawmap_workers_resident_bytes', 'Memory of all workers', () => pool().residentBytes);

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: (path, method, status, seconds) => request.observe({ path, method, status }, seconds),
    refused: (reason) => refusals.inc({ reason }),
    workerDied: () => restarts.inc(),
    modelServed(model, sha256) {
      stale.set({ model }, 0);
      const before = hashes.get(model);
      if (before === sha256) return;
      hashes.set(model, sha256);
      info.set({ model, sha256 }, 1);
      if (before === undefined) return;
      info.remove({ model, sha256: before });
      reloads.inc({ model, outcome: 'loaded' });
      evidence.set({ model }, 0);
      changed.set({ model }, 0);
    },
    modelRefused(model) {
      stale.set({ model }, 1);
      reloads.inc({ model, outcome: 'refused' });
    },
    judged({ model, verdict, score, threshold, milliseconds, conditions }) {
      verdicts.inc({ model, verdict });
      for (const [name, value] of Object.entries(milliseconds)) {
        stage.observe({ model, stage: name }, value / 1000);
      }
      if (threshold > 0) ratio.observe({ model }, score / threshold);
      evidence.set({ model }, conditions.martingale ?? 0);
      alarmAt.set({ model }, conditions.alarmAt);
      changed.set({ model }, conditions.alarm === null ? 0 : 1);
    },
  };
}

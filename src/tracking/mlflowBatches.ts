/**
 * A run's parameters and metrics as bodies of MLflow's `runs/log-batch`, within its limits
 * (`mlflow/utils/validation.py`): 1000 metrics or 100 parameters a call, keys of at most 250
 * letters, digits, `_`, `-`, `.`, `/` and spaces, values of parameters of at most 6000 characters.
 */
import type { TrackedRun } from './trackedRun.ts';

const METRICS_A_CALL = 1000;
const PARAMETERS_A_CALL = 100;
const LONGEST_KEY = 250;
const LONGEST_VALUE = 6000;

export interface LogBatch {
  readonly params?: readonly { readonly key: string; readonly value: string }[];
  readonly metrics?: readonly {
    readonly key: string;
    readonly value: number;
    readonly step: number;
    readonly timestamp: number;
  }[];
}

export function mlflowBatches({ params, metrics, endedAt }: TrackedRun): LogBatch[] {
  const paramKeys = keysFor(Object.keys(params));
  const metricKeys = keysFor(metrics.map(({ tag }) => tag));
  const ownParams = Object.entries(params).map(([name, value]) => ({
    key: paramKeys.get(name)!,
    value: [...String(value)].slice(0, LONGEST_VALUE).join(''),
  }));
  const ownMetrics = metrics.map(({ tag, value, step }) => ({
    key: metricKeys.get(tag)!,
    value,
    step,
    timestamp: endedAt,
  }));
  return [
    ...chunks(ownParams, PARAMETERS_A_CALL).map((some) => ({ params: some })),
    ...chunks(ownMetrics, METRICS_A_CALL).map((some) => ({ metrics: some })),
  ];
}

/** A key that MLflow takes for each name, and another one for each other name. */
function keysFor(names: readonly string[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of new Set(names)) {
    const plain = name.replace(/[^\p{L}\p{N}_\-./ ]/gu, '_');
    let key = [...plain].slice(0, LONGEST_KEY).join('');
    for (let n = 2; taken.has(key); n++) key = withEnding(plain, `_${n}`);
    taken.add(key);
    keys.set(name, key);
  }
  return keys;
}

const withEnding = (text: string, ending: string): string =>
  [...text].slice(0, LONGEST_KEY - ending.length).join('') + ending;

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );
}

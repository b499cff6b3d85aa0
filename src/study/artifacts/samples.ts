/**
 * What a scenario's metrics would be on other draws of its test images, for what is computed from
 * several scenarios: averages over categories, comparisons.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Labels } from '../experiments/resample.ts';
import type { Sampled, SampledMetrics } from '../experiments/sampled.ts';
import { readJson, writeJson } from './binaryFile.ts';

export interface Samples {
  /** Of the test images. */
  readonly labels: Labels;
  readonly metrics: SampledMetrics;
}

interface SamplesDocument {
  readonly labels: Labels;
  readonly metrics: readonly {
    readonly name: string;
    /** Null stands for NaN. */
    readonly value: number | null;
    readonly replicates: number;
    readonly jackknife: number;
  }[];
}

const DOCUMENT = 'samples.json';
/** Replicates, then leave-one-out values, of each metric in turn. */
const NUMBERS = 'samples.f64';

export async function writeSamples(folder: string, { labels, metrics }: Samples): Promise<void> {
  const entries = Object.entries(metrics);
  const document: SamplesDocument = {
    labels,
    metrics: entries.map(([name, { value, replicates, jackknife }]) => ({
      name,
      value: Number.isNaN(value) ? null : value,
      replicates: replicates.length,
      jackknife: jackknife.length,
    })),
  };
  const arrays = entries.flatMap(([, { replicates, jackknife }]) => [replicates, jackknife]);
  const bytes = arrays.map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  await writeFile(join(folder, NUMBERS), Buffer.concat(bytes));
  await writeJson(join(folder, DOCUMENT), document);
}

export async function readSamples(folder: string): Promise<Samples> {
  const { labels, metrics } = await readJson<SamplesDocument>(join(folder, DOCUMENT));
  const bytes = await readFile(join(folder, NUMBERS));
  const numbers = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  let place = 0;
  const take = (length: number) => {
    place += length;
    return numbers.slice(place - length, place);
  };
  const read = metrics.map(({ name, value, replicates, jackknife }): [string, Sampled] => [
    name,
    { value: value ?? Number.NaN, replicates: take(replicates), jackknife: take(jackknife) },
  ]);
  return { labels, metrics: Object.fromEntries(read) };
}

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { photographPng } from '../../test/support/photographs.ts';
import { makeTree } from '../../test/support/tree.ts';
import { sha256 } from '../core/hash.ts';
import type { ProgressEvent, RunControl } from '../core/progress.ts';
import { decodedSamples } from './decodedSamples.ts';

/** Each of another width, by which it is known again. */
const WIDTHS = [10, 60, 11, 300, 12, 13, 14];
let files: Uint8Array[];

beforeAll(async () => {
  files = await Promise.all(WIDTHS.map((width) => photographPng({ seed: 1, width, height: 8 })));
});

function samples(contents: readonly (Uint8Array | string)[] = files) {
  const root = makeTree(Object.fromEntries(contents.map((content, i) => [`${i}.png`, content])));
  return contents.map((_, i) => ({ path: join(root, `${i}.png`), label: i }));
}

async function collect(list: ReturnType<typeof samples>, control: RunControl = {}, ahead?: number) {
  const widths: number[] = [];
  for await (const { image } of decodedSamples(list, 'reading', control, ahead)) {
    widths.push(image.width);
  }
  return widths;
}

describe('decodedSamples', () => {
  it.each([undefined, 1, 100])('yields every image in order, %s ahead', async (ahead) => {
    expect(await collect(samples(), {}, ahead)).toEqual(WIDTHS);
  });

  it('hands the sample on, with the hash of its file and the time it took', async () => {
    const list = samples();
    let i = 0;
    for await (const { sample, sha256: hash, milliseconds } of decodedSamples(list, 'x', {})) {
      expect(sample).toBe(list[i]);
      expect(hash).toBe(sha256(files[i]!));
      expect(milliseconds).toBeGreaterThan(0);
      i++;
    }
    expect(i).toBe(WIDTHS.length);
  });

  it('reports what is done before each image, and the end', async () => {
    const events: ProgressEvent[] = [];
    await collect(samples(), { onProgress: (event) => events.push(event) });
    expect(events.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(events.map(({ step, total }) => `${step} of ${total}`))).toEqual(
      new Set(['reading of 7']),
    );
  });

  it('yields nothing of nothing', async () => {
    expect(await collect([])).toEqual([]);
  });

  it('yields what comes before a broken image, and names it when its turn comes', async () => {
    const contents: (Uint8Array | string)[] = [...files];
    contents[3] = 'no image';
    contents[4] = '';
    const list = samples(contents);
    const seen: number[] = [];
    const reading = async () => {
      for await (const { sample } of decodedSamples(list, 'x', {})) seen.push(sample.label);
    };
    await expect(reading()).rejects.toThrow(list[3]!.path);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('stops with the reason of the signal', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const reading = async () => {
      const list = decodedSamples(samples(), 'x', { signal: controller.signal });
      for await (const { sample } of list) {
        seen.push(sample.label);
        if (sample.label === 1) controller.abort(new Error('enough'));
      }
    };
    await expect(reading()).rejects.toThrow('enough');
    expect(seen).toEqual([0, 1]);
    await expect(collect(samples(), { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('can be left early, though images ahead are broken', async () => {
    const contents: (Uint8Array | string)[] = [...files];
    contents[1] = 'no image';
    for await (const { image } of decodedSamples(samples(contents), 'x', {})) {
      expect(image.width).toBe(WIDTHS[0]);
      break;
    }
  });
});

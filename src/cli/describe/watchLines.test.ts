import { describe, expect, it } from 'vitest';
import { journalEntry } from '../../../test/support/journalEntry.ts';
import type { WatchEvent } from '../../watch/watchEvent.ts';
import { createWatchTally, watchLine, watchSummary } from './watchLines.ts';

type ImageEvent = Extract<WatchEvent, { readonly event: 'image' }>;

const image = (given: Partial<ImageEvent> = {}): ImageEvent => ({
  ...journalEntry(30),
  event: 'image',
  imageName: '/in/sub/a.png',
  path: '/in/sub/a.png',
  previous: '0'.repeat(64),
  hash: 'f'.repeat(64),
  milliseconds: 250,
  martingale: 0.5,
  ...given,
});
const plain = (_style: string, text: string) => text;

describe('watchLine', () => {
  it('has time, verdict, score, flaws and where the image went', () => {
    const time = new Date(2026, 4, 4, 14, 5, 9).toISOString();
    expect(watchLine(image({ time, path: '/out/anomalous/sub/a.png' }), '/in', plain)).toBe(
      '14:05:09  anomalous    30.25 of 20.50  sub/a.png, 1 flaw, to /out/anomalous/sub/a.png',
    );
  });

  it('tells the reason of what a person has to look at, without a score where there is none', () => {
    const said = watchLine(
      image({ verdict: 'not judged', score: null, boxes: [], reason: 'It is no image.' }),
      '/in',
      plain,
    );
    expect(said).toMatch(/ {2}not judged +- of 20\.50 {2}sub\/a\.png\n {4}It is no image\.$/);
  });
});

describe('the summary', () => {
  it('counts verdicts, what is left to people, and speed', () => {
    let now = 1000;
    const tally = createWatchTally(() => now);
    for (const verdict of ['normal', 'normal', 'anomalous', 'unsure', 'not judged'] as const) {
      tally.add(image({ verdict }));
    }
    tally.add({ event: 'known', image: 'a', path: 'a', hash: '' });
    tally.add({ event: 'unreadable', image: 'b', reason: '' });
    now = 91_000;
    expect(tally.counts()).toEqual({
      images: 5,
      verdicts: { normal: 2, anomalous: 1, unsure: 1, 'not judged': 1 },
      ...{ rejectRate: 0.4, known: 1, unreadable: 1, seconds: 90, imagesPerSecond: 4 },
    });
    expect(watchSummary(tally.counts()).split('\n')).toEqual([
      '5 images in 1 min 30 s: 2 normal, 1 anomalous, 1 unsure, 1 not judged',
      'left to people: 40% (unsure or not judged); 4.00 images/s while judging',
      '1 could not be read: looked at again by the next start',
    ]);
  });

  it('has numbers without an image, too', () => {
    const counts = createWatchTally(() => 0).counts();
    expect(counts).toMatchObject({ images: 0, rejectRate: null, imagesPerSecond: null });
    expect(watchSummary(counts)).toBe('no image came in 0.0 s');
  });
});

/** What a watch sees, as lines that are printed while it does. */
import { percent } from '../../calibration/percent.ts';
import type { Verdict } from '../../inspection/judge/judgement.ts';
import type { WatchEvent } from '../../watch/watchEvent.ts';
import type { CommandContext } from '../command.ts';
import { formatDuration } from '../quantities.ts';
import { formatScore } from './formatScore.ts';
import { relativePath } from './relativePath.ts';
import { VERDICT_COLOURS } from './verdictColours.ts';

const VERDICT_WIDTH = 'not judged'.length;

type ImageEvent = Extract<WatchEvent, { readonly event: 'image' }>;

/** `14:05:09  anomalous    3.214 of 2.500  0004.png, 1 flaw`, and a reason below where it needs one. */
export function watchLine(
  { time, verdict, score, threshold, reason, boxes, imageName, path }: ImageEvent,
  folder: string,
  paint: CommandContext['paint'],
): string {
  const limit = formatScore(threshold, threshold);
  const shown =
    score === null
      ? '-'.padStart(limit.length + 1)
      : formatScore(score, threshold).padStart(limit.length + 1);
  const flaws = boxes.length === 0 ? [] : [boxes.length === 1 ? '1 flaw' : `${boxes.length} flaws`];
  const moved = path === imageName ? [] : [`to ${relativePath(path, folder)}`];
  const line = [
    new Date(time).toTimeString().slice(0, 8),
    paint(VERDICT_COLOURS[verdict], verdict.padEnd(VERDICT_WIDTH)),
    `${shown} of ${limit}`,
    [relativePath(imageName, folder), ...flaws, ...moved].join(', '),
  ].join('  ');
  const isPlain = verdict === 'normal' || verdict === 'anomalous';
  return isPlain ? line : `${line}\n    ${reason}`;
}

export interface WatchCounts {
  readonly images: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** (unsure + not judged) / images; null without images. */
  readonly rejectRate: number | null;
  /** Judged before a restart. */
  readonly known: number;
  readonly unreadable: number;
  /** Since the start. */
  readonly seconds: number;
  /** While images were judged; null without images. */
  readonly imagesPerSecond: number | null;
}

export interface WatchTally {
  add(event: WatchEvent): void;
  counts(): WatchCounts;
}

/** Counts what is printed, for the summary. */
export function createWatchTally(now: () => number = () => performance.now()): WatchTally {
  const start = now();
  const verdicts: Record<Verdict, number> = {
    normal: 0,
    anomalous: 0,
    unsure: 0,
    'not judged': 0,
  };
  let known = 0;
  let unreadable = 0;
  let milliseconds = 0;
  return {
    add(event) {
      if (event.event === 'known') known++;
      if (event.event === 'unreadable') unreadable++;
      if (event.event !== 'image') return;
      verdicts[event.verdict]++;
      milliseconds += event.milliseconds;
    },
    counts() {
      const images = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
      return {
        images,
        verdicts: { ...verdicts },
        rejectRate: images === 0 ? null : (verdicts.unsure + verdicts['not judged']) / images,
        known,
        unreadable,
        seconds: (now() - start) / 1000,
        imagesPerSecond: images === 0 ? null : (1000 * images) / milliseconds,
      };
    },
  };
}

export function watchSummary({
  images,
  verdicts,
  rejectRate,
  unreadable,
  seconds,
  imagesPerSecond,
}: WatchCounts): string {
  if (images === 0 || rejectRate === null || imagesPerSecond === null) {
    return `no image came in ${formatDuration(seconds)}`;
  }
  const parts = (Object.keys(verdicts) as Verdict[])
    .filter((verdict) => verdicts[verdict] > 0)
    .map((verdict) => `${verdicts[verdict]} ${verdict}`);
  return [
    `${images} ${images === 1 ? 'image' : 'images'} in ${formatDuration(seconds)}: ${parts.join(', ')}`,
    `left to people: ${percent(rejectRate)} (unsure or not judged); ${imagesPerSecond.toPrecision(3)} images/s while judging`,
    ...(unreadable === 0
      ? []
      : [`${unreadable} could not be read: looked at again by the next start`]),
  ].join('\n');
}

/** `watch`: judges the images that come into a folder, in order, and moves or tags them. */
import { join, resolve } from 'node:path';
import { requireWritable } from '../core/requireWritable.ts';
import { appendJournal, type Journal } from '../journal/appendJournal.ts';
import type { JournalLine, JournalOptions } from '../journal/journalLine.ts';
import { journalOptions } from '../journal/journalOptions.ts';
import { lastJudgements } from '../journal/lastJudgements.ts';
import { openArrivals } from './arrivals.ts';
import { type CurrentModel, openCurrentModel } from './currentModel.ts';
import { findImages } from './findImages.ts';
import { ignoredImages } from './ignoredImages.ts';
import { decodeSettled, type FileBytes, judgeImage, notJudged, readSettled } from './judgeFile.ts';
import { type LineWatch, openLineWatch } from './lineWatch.ts';
import { ignoredPaths, type Placer, placer } from './places.ts';
import type { SettledFile } from './settle.ts';
import type { WatchEvent } from './watchEvent.ts';

export interface WatchOptions {
  /** Watched with its subfolders, but for hidden ones and those of verdicts. */
  readonly folder: string;
  readonly model: string;
  /** By default `JOURNAL` in the folder. */
  readonly journal?: string | undefined;
  /** Judged images go to a subfolder of this for each verdict. */
  readonly move?: string | undefined;
  /** Judged images get a file NAME.flawmap.json beside them. */
  readonly tag: boolean;
  /** Images that are there when the folder is first watched are judged too. */
  readonly existing: boolean;
  /** Milliseconds without a change after which a file is whole. */
  readonly settleMs: number;
  /** Ask for changes instead of being told. */
  readonly poll: boolean;
  readonly mmPerPixel?: number | undefined;
  /** What computes, for the journal. */
  readonly device?: string | undefined;
  /** Highest probability of a false alarm about conditions, in (0, 1). */
  readonly falseAlarm: number;
}

/** In the watched folder. */
const JOURNAL = 'flawmap-journal.jsonl';

const IDLE_MS = 1000;
/** What cannot be read as an image may be one whose writer has paused: so much longer, at least. */
const PATIENCE = 10;
const LEAST_PATIENCE_MS = 5000;

/**
 * Yields what happens until the signal is aborted; the image in hand is finished first. Killed at any
 * moment and started again, it goes on: an image is judged when its line is in the journal, and the
 * images there whose lines are not have come meanwhile.
 * @throws FlawmapError where folder, model or journal cannot be used, or not any more; what was not
 * judged by then is judged by the next run
 */
export async function* watchFolder(
  options: WatchOptions,
  signal?: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const folder = resolve(options.folder);
  const journalFile = resolve(options.journal ?? join(folder, JOURNAL));
  const move = options.move === undefined ? undefined : resolve(options.move);
  const isIgnored = ignoredPaths(folder, move);
  const images = await findImages(folder, isIgnored);
  if (move !== undefined) await requireWritable(move);

  await using model = await openCurrentModel(options.model, { mmPerPixel: options.mmPerPixel });
  await using journal = await appendJournal(journalFile);
  const ignored = await ignoredImages(
    `${journalFile}.ignored.json`,
    folder,
    images,
    options.existing,
  );
  const waiting = images.filter(({ path }) => !ignored.has(path));
  const judged: Handling['judged'] = await lastJudgements(
    journalFile,
    new Set(waiting.map(({ path }) => path)),
  );
  const lost: ('other model' | 'unreadable')[] = [];
  const line = await openLineWatch(model.now, {
    file: `${journalFile}.conditions.json`,
    falseAlarm: options.falseAlarm,
    onLost: (reason) => lost.push(reason),
  });
  await using arrivals = await openArrivals({
    folder,
    isIgnored,
    settleMs: options.settleMs,
    poll: options.poll,
    first: waiting.map(({ path, mtimeMs }) => ({ path, noticed: new Date(mtimeMs) })),
    known: images.map(({ path }) => path),
    onGone: (path) => judged.delete(path),
    signal,
  });

  yield {
    event: 'started',
    folder,
    journal: journalFile,
    modelSha256: model.now.sha256,
    threshold: thresholdOf(model),
    waiting: waiting.length,
    ignored: ignored.size,
    conditions: line.status(),
    setAside: journal.setAside ?? null,
  };
  for (const reason of lost) yield { event: 'conditions lost', reason };

  const quietMs = Math.max(LEAST_PATIENCE_MS, PATIENCE * options.settleMs);
  const place = placer(folder, move, options.tag);
  const asked = await journalOptions({ mmPerPixel: options.mmPerPixel, device: options.device });
  const handling = { model, journal, judged, line, place, asked };
  try {
    for (;;) {
      const file = await arrivals.next(IDLE_MS);
      if (file === 'stopped') break;
      yield* renew(model, line);
      if (file === 'idle') continue;
      const start = performance.now();
      const read = await readSettled(file);
      if (read === 'gone') continue;
      if (read === 'changed') arrivals.again(file, options.settleMs);
      else if ('refused' in read) {
        yield { event: 'unreadable', image: file.path, reason: read.refused };
      } else {
        const found = await handle(file, read, start, handling);
        if (found === 'later') arrivals.again(file, quietMs);
        else yield* found;
      }
      await line.saveIfDue();
    }
  } catch (error) {
    // Why it ends is to be told, not that this failed too.
    await line.save().catch(() => {});
    throw error;
  }
  await line.save();
}

interface Handling {
  readonly model: CurrentModel;
  readonly journal: Journal;
  /** Of each image there, by path: the line of before this start, or of which content one was written. */
  readonly judged: Map<string, JournalLine | { readonly imageSha256: string }>;
  readonly line: LineWatch;
  readonly place: Placer;
  readonly asked: JournalOptions | undefined;
}

/** @returns what to tell; `later` where the file may not be whole */
async function handle(
  file: SettledFile,
  { bytes, sha256 }: FileBytes,
  start: number,
  { model, journal, judged, line, place, asked }: Handling,
): Promise<readonly WatchEvent[] | 'later'> {
  const before = judged.get(file.path);
  if (before?.imageSha256 === sha256) {
    if (!('hash' in before)) return [];
    const path = await place(file.path, before, true);
    if (path !== file.path) judged.delete(file.path);
    return [{ event: 'known', image: file.path, path, hash: before.hash }];
  }
  const image = await decodeSettled(bytes, file.path);
  if ('refused' in image && file.attempt === 1) return 'later';
  const { conditions, ...judgement } =
    'refused' in image
      ? notJudged(image.refused, thresholdOf(model))
      : await judgeImage(image, file.path, model.now);
  const entry = await journal.append({
    time: new Date().toISOString(),
    imageSha256: sha256,
    imageName: file.path,
    modelSha256: model.now.sha256,
    ...judgement,
    options: asked,
  });
  const milliseconds = performance.now() - start;
  const alarm = conditions === undefined ? null : line.observe(conditions, file.noticed);
  const path = await place(file.path, entry, false);
  if (path === file.path) judged.set(path, { imageSha256: sha256 });
  else judged.delete(file.path);
  const { martingale } = line.status();
  const told: WatchEvent = { event: 'image', path, milliseconds, martingale, ...entry };
  return alarm === null ? [told] : [told, { event: 'conditions', ...alarm }];
}

async function* renew(model: CurrentModel, line: LineWatch): AsyncGenerator<WatchEvent> {
  const previousThreshold = thresholdOf(model);
  const found = await model.refresh();
  if (found === 'same') return;
  if (found === 'replaced') {
    line.begin(model.now);
    const { sha256: modelSha256 } = model.now;
    yield { event: 'model', modelSha256, threshold: thresholdOf(model), previousThreshold };
  } else yield { event: 'model refused', reason: found.refused };
}

const thresholdOf = ({ now }: CurrentModel): number =>
  now.inspector.metadata.calibration.image.threshold;

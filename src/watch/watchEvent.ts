/** What a watch tells, in the order in which it happens. */
import type { LineAlarm, LineStatus } from '../inspection/line/lineMonitor.ts';
import type { Journal } from '../journal/appendJournal.ts';
import type { JournalLine } from '../journal/journalLine.ts';

/** Plain data. */
export type WatchEvent =
  | {
      readonly event: 'started';
      readonly folder: string;
      readonly journal: string;
      readonly modelSha256: string;
      readonly threshold: number;
      /** Images there that are looked at, and those left alone. */
      readonly waiting: number;
      readonly ignored: number;
      readonly conditions: LineStatus;
      /** Of the journal. */
      readonly setAside: NonNullable<Journal['setAside']> | null;
    }
  | ({
      readonly event: 'image';
      /** Where the image is now. */
      readonly path: string;
      /** From reading it to its line being on the disk. */
      readonly milliseconds: number;
      /** Evidence for changed conditions, as in `LineStatus`. */
      readonly martingale: number | null;
    } & JournalLine)
  /** Judged before a restart; the move or tag that was missing has been made up for. */
  | {
      readonly event: 'known';
      readonly image: string;
      readonly path: string;
      readonly hash: string;
    }
  | { readonly event: 'unreadable'; readonly image: string; readonly reason: string }
  | {
      readonly event: 'model';
      readonly modelSha256: string;
      readonly threshold: number;
      readonly previousThreshold: number;
    }
  | { readonly event: 'model refused'; readonly reason: string }
  | ({ readonly event: 'conditions' } & LineAlarm)
  | { readonly event: 'conditions lost'; readonly reason: 'other model' | 'unreadable' };

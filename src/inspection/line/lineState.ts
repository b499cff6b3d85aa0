/** What a line's monitor leaves for the next one: a file beside the journal, of bounded size. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { environmentError, systemCode } from '../../core/error.ts';
import type { RestartingState } from '../../drift/restartingMonitor.ts';

export const LINE_STATE_VERSION = 1;

const driftAlarm = z.object({ image: z.int(), since: z.int(), descriptor: z.string() });

const movement = z.object({
  descriptor: z.string(),
  reference: z.number(),
  later: z.number(),
  moved: z.number().nullable(),
});

const monitor = z.object({
  images: z.int(),
  alarm: driftAlarm.nullable(),
  descriptors: z.record(
    z.string(),
    z.object({
      values: z.array(z.number()),
      martingale: z.object({ count: z.int(), capital: z.array(z.number()) }),
    }),
  ),
});

export const lineStateSchema = z.object({
  schemaVersion: z.literal(LINE_STATE_VERSION),
  modelSha256: z.string(),
  falseAlarm: z.number(),
  monitor: z.object({
    images: z.int(),
    monitors: z.array(z.object({ number: z.int(), state: monitor })),
    martingale: z.number().nullable(),
    alarm: driftAlarm.extend({ martingale: z.number(), movements: z.array(movement) }).nullable(),
  }),
  times: z.array(z.number()),
  dated: z.object({ since: z.number(), at: z.number() }).nullable(),
});

/** Plain data, fit for JSON. */
export interface LineState {
  /** In (0, 1). */
  readonly falseAlarm: number;
  readonly monitor: RestartingState;
  /** When the last images came, up to the alarm: milliseconds since 1970. */
  readonly times: readonly number[];
  /** Of the alarm, in the same unit. */
  readonly dated: { readonly since: number; readonly at: number } | null;
}

/**
 * @returns what was left for this model; else why there is nothing: no file, one of another model
 * (or of this one before it was calibrated anew), or one that is no such file
 * @throws FlawmapError (environment) naming a file that may not be read
 */
export async function readLineState(
  path: string,
  modelSha256: string,
): Promise<LineState | 'none' | 'other model' | 'unreadable'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'none';
    throw environmentError({
      what: `cannot read ${path}`,
      found: String(systemCode(error) ?? error),
      remedy:
        'change its permissions, or remove it: the watch for changed conditions begins anew then',
      cause: error,
    });
  }
  try {
    const {
      modelSha256: model,
      schemaVersion: _,
      ...state
    } = lineStateSchema.parse(JSON.parse(text));
    return model === modelSha256 ? state : 'other model';
  } catch {
    return 'unreadable';
  }
}

/** Whole or not at all. @throws FlawmapError (environment) as `writeFileAtomic` */
export async function writeLineState(
  path: string,
  modelSha256: string,
  state: LineState,
): Promise<void> {
  const content = {
    schemaVersion: LINE_STATE_VERSION,
    modelSha256,
    ...state,
  };
  await writeFileAtomic(path, `${JSON.stringify(content)}\n`);
}

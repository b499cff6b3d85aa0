import { CONDITION_NAMES } from '../drift/driftReference.ts';

export interface ChangeFacts {
  readonly since: Date;
  /** Now: a change of another day gets its date. */
  readonly now: Date;
  readonly descriptor: string;
  /** In robust standard deviations; null where there is no unit. */
  readonly moved: number | null;
  readonly goodImagesNeeded: number;
}

/** `conditions changed since 14:05 (brightness +3.1 SD); …`, in local time. */
export function changeSentence({
  since,
  now,
  descriptor,
  moved,
  goodImagesNeeded,
}: ChangeFacts): string {
  const names: Readonly<Record<string, string>> = CONDITION_NAMES;
  const much = moved === null ? '' : ` ${moved > 0 ? '+' : ''}${moved.toFixed(1)} SD`;
  return (
    `conditions changed since ${clock(since, now)} (${names[descriptor] ?? descriptor}${much}); ` +
    `the threshold no longer holds; show me ${goodImagesNeeded} good images`
  );
}

function clock(time: Date, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = (of: Date) => `${of.getFullYear()}-${two(of.getMonth() + 1)}-${two(of.getDate())}`;
  const hour = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return day(time) === day(now) ? hour : `${day(time)} ${hour}`;
}

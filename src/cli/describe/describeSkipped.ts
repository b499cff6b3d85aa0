import { basename } from 'node:path';
import type { SkippedFile } from '../../data/dataset.ts';

const SHOWN = 5;

/** A sentence about files that were left alone; hidden ones go without saying. */
export function describeSkipped(skipped: readonly SkippedFile[]): string | undefined {
  const told = skipped.filter(({ reason }) => reason !== 'hidden');
  if (told.length === 0) return undefined;
  const names = told.slice(0, SHOWN).map(({ path, reason }) => `${basename(path)} (${reason})`);
  const rest = told.length > SHOWN ? ` and ${told.length - SHOWN} more` : '';
  return `left alone: ${names.join(', ')}${rest}`;
}

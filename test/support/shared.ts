/**
 * Real photographs, weights and reference results lie outside the repository, in ../shared.
 * Tests that need them skip with the reason in their name where the folder is absent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { decodeNpy, type NpyArray } from '../../src/core/npy.ts';

const root = resolve(
  process.env.FLAWMAP_SHARED ?? join(import.meta.dirname, '..', '..', '..', 'shared'),
);

export const sharedPath = (...parts: string[]): string => join(root, ...parts);

export function describeWithShared(name: string, body: () => void): void {
  const present = existsSync(root);
  const title = present ? name : `${name} (skipped: ${root} is absent; set FLAWMAP_SHARED)`;
  describe.skipIf(!present)(title, body);
}

export function referenceNpy(name: string): NpyArray {
  return decodeNpy(readFileSync(sharedPath('reference', name)), name);
}

export function referenceJson<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath('reference', name), 'utf8')) as T;
}

import { decodeMask } from '../../image/decodeMask.ts';
import type { FoundMask } from './importFormat.ts';

/** A mask that is an image: whatever is not zero is defective. */
export const fileMask = (path: string): FoundMask => ({
  source: path,
  read: () => decodeMask(path),
});

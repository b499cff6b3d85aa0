/** Small encoded pictures in one file: of a thousand files each would be flushed by itself. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACK = 'pictures.bin';

/** Where a picture lies in the file. */
export interface Slice {
  readonly start: number;
  readonly bytes: number;
}

export interface PicturePack {
  add(picture: Uint8Array): Slice;
  /** Once, when all are there. */
  write(folder: string): Promise<void>;
}

export function createPack(): PicturePack {
  const pictures: Uint8Array[] = [];
  let end = 0;
  return {
    add(picture) {
      pictures.push(picture);
      end += picture.length;
      return { start: end - picture.length, bytes: picture.length };
    },
    write: (folder) => writeFile(join(folder, PACK), Buffer.concat(pictures)),
  };
}

export type ReadPicture = (slice: Slice) => Uint8Array;

export async function readPack(folder: string): Promise<ReadPicture> {
  const all = await readFile(join(folder, PACK));
  return ({ start, bytes }) => all.subarray(start, start + bytes);
}

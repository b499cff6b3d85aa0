import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../src/core/random.ts';
import { decodeImage } from '../../../src/image/decodeImage.ts';
import { decodeMask } from '../../../src/image/decodeMask.ts';
import { readImageSize } from '../../../src/image/imageSize.ts';
import { imageBomb } from '../bombs.ts';
import { imageCorpus } from '../corpus.ts';
import { mutateBytes } from '../mutate.ts';
import { isPng, readChunks, writeChunks } from '../pngChunks.ts';
import type { FuzzTarget } from '../target.ts';

/** One case in so many asks for much memory. */
const BOMB_EVERY = 200;

export const imageTarget: FuzzTarget = {
  name: 'images',
  what: 'image files: PNG, JPEG, WebP, TIFF, GIF, BMP, AVIF, and decompression bombs',
  cases: 12_000,
  // 100 megapixels of 16 bits in four channels, and as RGB.
  megabytes: 1200,
  async prepare() {
    const corpus = await imageCorpus();
    return {
      make(random, { input }) {
        const bomb = random.integer(BOMB_EVERY) === 0;
        const bytes = bomb ? imageBomb(random) : mutateImage(random, random.pick(corpus), corpus);
        // What is called follows from the name.
        writeFileSync(join(input, random.pick(['image', 'image', 'mask', 'size'])), bytes);
      },
      async run({ input }) {
        const [name] = readdirSync(input);
        const path = join(input, name!);
        if (name === 'size') {
          const { width, height } = await readImageSize(path);
          return width > 0 && height > 0 ? undefined : `a size of ${width} x ${height}`;
        }
        const channels = name === 'mask' ? 1 : 3;
        const { width, height, data } = await (name === 'mask' ? decodeMask : decodeImage)(path);
        return data.length === width * height * channels ? undefined : 'too few pixels';
      },
    };
  },
};

function mutateImage(random: Random, bytes: Buffer, corpus: readonly Buffer[]): Buffer {
  if (!isPng(bytes) || random.next() < 0.3) return mutateBytes(random, bytes, corpus);
  const chunks = readChunks(bytes);
  const changed = random.integer(chunks.length);
  return writeChunks(
    chunks.map((chunk, i) =>
      i === changed ? { ...chunk, data: mutateBytes(random, chunk.data, corpus) } : chunk,
    ),
  );
}

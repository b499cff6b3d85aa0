/**
 * Gaussians as a file, to go on with them later: 32 bytes of header (`flawgaus`, then version,
 * positions, dimension and images as uint32, then zeros), the mean and the scatter's lower
 * triangles as float64; all little-endian.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { inputError, messageOf } from '../../core/error.ts';
import { readFully } from '../../core/readFully.ts';
import { createGaussians, type Gaussians, gaussiansBytes } from './gaussians.ts';

const MAGIC = 'flawgaus';
const VERSION = 1;
const HEADER_BYTES = 32;

/** @throws FlawmapError (environment) where it cannot be written */
export async function writeGaussians(path: string, gaussians: Gaussians): Promise<void> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  const { positions, dimension, count } = gaussians;
  for (const [i, value] of [VERSION, positions, dimension, count].entries()) {
    header.writeUInt32LE(value, MAGIC.length + 4 * i);
  }
  await writeFileAtomic(path, [header, bytesOf(gaussians.mean), bytesOf(gaussians.scatter)]);
}

/** @throws FlawmapError (input) naming the file where it is missing, another or not whole */
export async function readGaussians(path: string): Promise<Gaussians> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    throw refuse(path, messageOf(error), error);
  }
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    await readWhole(file, header, 0, path);
    if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw refuse(path, 'other bytes');
    const field = (i: number) => header.readUInt32LE(MAGIC.length + 4 * i);
    const [version, positions, dimension, count] = [field(0), field(1), field(2), field(3)];
    if (version !== VERSION) throw refuse(path, `version ${version}`);
    const expected = HEADER_BYTES + gaussiansBytes(positions, dimension);
    const { size } = await file.stat();
    if (size !== expected) throw refuse(path, `${size} bytes where ${expected} belong`);
    const gaussians = createGaussians(positions, dimension);
    gaussians.count = count;
    await readWhole(file, bytesOf(gaussians.mean), HEADER_BYTES, path);
    const start = HEADER_BYTES + gaussians.mean.byteLength;
    await readWhole(file, bytesOf(gaussians.scatter), start, path);
    return gaussians;
  } finally {
    await file.close();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

async function readWhole(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
  path: string,
): Promise<void> {
  const filled = await readFully(file, bytes, position);
  if (filled < bytes.length) throw refuse(path, `the file's end at byte ${position + filled}`);
}

const refuse = (path: string, found: string, cause?: unknown) =>
  inputError({
    what: `cannot read ${path}`,
    expected: `PaDiM's Gaussians, version ${VERSION}, as writeGaussians leaves them`,
    found,
    remedy: 'fit them again',
    cause,
  });

/** Arrays and documents in an artifact's folder. */
import { open, readFile, writeFile } from 'node:fs/promises';

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value)}\n`);
}

/** An artifact is checked as a whole; what it holds is what our own version of the stage wrote. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

export async function readFloat32(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

export async function readInt32(path: string): Promise<Int32Array> {
  const bytes = await readFile(path);
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

export type Numbers = Float32Array | Int32Array;

export const bytesOf = (values: Numbers): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** A file that grows array by array. */
export interface NumberWriter extends AsyncDisposable {
  append(values: Numbers): Promise<void>;
}

export async function openNumberWriter(path: string): Promise<NumberWriter> {
  const file = await open(path, 'wx');
  return {
    append: async (values) => {
      await file.writeFile(bytesOf(values));
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Writes safetensors files for tests. */

export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export const storedFloats = (values: Float32Array, shape: readonly number[]): StoredTensor => ({
  dtype: 'F32',
  shape,
  bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

/** The bytes of a well-formed file. */
export function safetensorsFile(tensors: Readonly<Record<string, StoredTensor>>): Buffer {
  let position = 0;
  const entries = Object.entries(tensors).map(([name, { dtype, shape, bytes }]) => {
    const begin = position;
    position += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, position] }] as const;
  });
  const data = Object.values(tensors).map((tensor) => tensor.bytes);
  return safetensorsBytes(
    JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) }),
    Buffer.concat(data),
  );
}

/** A header of any text, with its length in front, and what follows. */
export function safetensorsBytes(header: string, data: Uint8Array): Buffer {
  const text = Buffer.from(header);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, data]);
}

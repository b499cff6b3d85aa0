/** What a zip archive of stored files holds, by its central directory. */
export interface ZippedFile {
  readonly path: string;
  readonly data: Buffer;
  readonly crc32: number;
}

export function readZip(archive: Buffer): ZippedFile[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const [crc32, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const path = archive.toString('utf8', at + 46, at + 46 + name!);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    at += 46 + name! + extra! + comment!;
    return { path, data: archive.subarray(start, start + size), crc32 };
  });
}

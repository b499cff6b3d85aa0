/** The .xz format without compression, so that what is inside can be anything. */
import { crc32 } from 'node:zlib';

const MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);
const FLAGS = Buffer.from([0, 1]);

const sum = (bytes: Uint8Array): Buffer => number32(crc32(bytes));

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** @param dictionary its size as LZMA2 writes it, 0 to 40: 40 asks for 4 GB */
export function storeXz(content: Buffer, dictionary = 22): Buffer {
  const head = Buffer.from([2, 0, 0x21, 1, dictionary, 0, 0, 0]);
  const header = Buffer.concat([head, sum(head)]);
  const chunks: Buffer[] = [];
  for (let at = 0; at < content.length; at += 65_536) {
    const piece = content.subarray(at, at + 65_536);
    const size = Buffer.from([at === 0 ? 1 : 2, (piece.length - 1) >> 8, (piece.length - 1) & 255]);
    chunks.push(size, piece);
  }
  const data = Buffer.concat([...chunks, Buffer.from([0])]);
  const block = Buffer.concat([header, padded(data), sum(content)]);
  const unpadded = header.length + data.length + 4;
  const records = Buffer.concat([Buffer.from([0, 1]), varint(unpadded), varint(content.length)]);
  const index = Buffer.concat([padded(records), sum(padded(records))]);
  const tail = Buffer.concat([number32(index.length / 4 - 1), FLAGS]);
  return Buffer.concat([
    MAGIC,
    FLAGS,
    sum(FLAGS),
    block,
    index,
    sum(tail),
    tail,
    Buffer.from('YZ'),
  ]);
}

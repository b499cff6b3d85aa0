/** Bytes and documents as they should be, with damage of the kinds that decoders trip over. */
import type { Random } from '../../src/core/random.ts';

const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** How many of changeOnce's changes keep the length, so that more than a frame is damaged. */
const KEEPING = 5;
const CHANGES = 9;

/** One to eight changes: bits, lengths, cuts, repetitions, pieces of another file. */
export function mutateBytes(
  random: Random,
  source: Uint8Array,
  others: readonly Uint8Array[],
): Buffer {
  let bytes: Buffer = Buffer.from(source);
  const changes = 1 + random.integer(random.next() < 0.5 ? 2 : 8);
  const kinds = random.next() < 0.6 ? KEEPING : CHANGES;
  for (let i = 0; i < changes; i++)
    bytes = changeOnce(random, random.integer(kinds), bytes, others);
  return bytes;
}

function changeOnce(
  random: Random,
  kind: number,
  bytes: Buffer,
  others: readonly Uint8Array[],
): Buffer {
  if (bytes.length === 0) return bytes;
  // Headers decide more than pixels do.
  const near = random.next() < 0.3 ? Math.min(bytes.length, 64) : bytes.length;
  const at = random.integer(near);
  const length = 1 + random.integer(Math.min(64, bytes.length - at));
  switch (kind) {
    case 0:
      bytes[at]! ^= 1 << random.integer(8);
      return bytes;
    case 1:
      bytes[at] = random.integer(256);
      return bytes;
    case 2:
      return withNumber(random, bytes, at);
    case 3:
      bytes.fill(random.pick([0, 0xff]), at, at + length);
      return bytes;
    case 4: {
      const other = random.pick(others);
      const from = random.integer(Math.max(1, other.length));
      bytes.set(other.subarray(from, from + Math.min(length, bytes.length - at)), at);
      return bytes;
    }
    case 5:
      return bytes.subarray(0, random.integer(bytes.length));
    case 6:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 7:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes, Buffer.alloc(length, random.integer(256))]);
  }
}

function withNumber(random: Random, bytes: Buffer, at: number): Buffer {
  const size = random.pick([1, 2, 4, 8]);
  const value = BigInt(random.pick(EDGES)) * (size === 8 && random.next() < 0.5 ? 2n ** 32n : 1n);
  const big = random.next() < 0.5;
  for (let i = 0; i < size && at + i < bytes.length; i++) {
    bytes[at + i] = Number((value >> BigInt(8 * (big ? size - 1 - i : i))) & 255n);
  }
  return bytes;
}

/**
 * A document with one to four of its values replaced, left out, doubled or renamed.
 * @param strangers values that take another's place
 */
export function mutateDocument(
  random: Random,
  document: unknown,
  strangers: readonly unknown[],
): unknown {
  const holder = { document: structuredClone(document) };
  const changes = 1 + random.integer(4);
  for (let i = 0; i < changes; i++) changeValue(random, holder, strangers);
  return holder.document;
}

type Holder = Record<string, unknown>;

function changeValue(random: Random, root: Holder, strangers: readonly unknown[]): void {
  let holder: Holder = root;
  let key = 'document';
  // Down at random, stopping the sooner the deeper.
  for (let depth = 0; depth < 12; depth++) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null) break;
    const keys = Object.keys(value);
    if (keys.length === 0 || (depth > 0 && random.next() < 0.1)) break;
    holder = value as Holder;
    key = random.pick(keys);
  }
  const kind = random.integer(5);
  if (kind === 0 && holder !== root) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  } else if (kind === 1 && holder !== root && !Array.isArray(holder)) {
    const name = random.pick([
      '__proto__',
      'constructor',
      'toString',
      '',
      key.toUpperCase(),
      `${key} `,
    ]);
    Object.defineProperty(holder, name, {
      value: holder[key],
      enumerable: true,
      configurable: true,
      writable: true,
    });
    delete holder[key];
  } else if (kind === 2 && Array.isArray(holder)) {
    holder.splice(Number(key), 0, holder[Number(key)]);
  } else {
    // Its own copy: what is changed in it later is not the next case's.
    holder[key] = structuredClone(random.pick(strangers));
  }
}

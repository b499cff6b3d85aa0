/** Bytes that come in pieces, kept as one: a million small pieces would take many times their size. */
export interface Gathered {
  add(piece: Uint8Array): void;
  readonly length: number;
  bytes(): Buffer;
}

const FIRST_BYTES = 16_384;

export function gather(): Gathered {
  let kept = Buffer.alloc(0);
  let length = 0;
  return {
    add(piece) {
      if (length + piece.length > kept.length) {
        const larger = Buffer.allocUnsafeSlow(
          Math.max(FIRST_BYTES, 2 * kept.length, length + piece.length),
        );
        kept.copy(larger, 0, 0, length);
        kept = larger;
      }
      kept.set(piece, length);
      length += piece.length;
    },
    get length() {
      return length;
    },
    bytes: () => kept.subarray(0, length),
  };
}

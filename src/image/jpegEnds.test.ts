import { describe, expect, it } from 'vitest';
import { jpegEnds } from './jpegEnds.ts';

const START = [0xff, 0xd8];
/** A segment of a comment that looks like an end marker. */
const COMMENT = [0xff, 0xfe, 0, 4, 0xff, 0xd9];
const SCAN = [0xff, 0xda, 0, 2];
/** Entropy-coded data with a stuffed 0xff. */
const DATA = [1, 2, 0xff, 0, 0xd9, 3];
const END = [0xff, 0xd9];

const file = (...parts: number[][]) => Buffer.from(parts.flat());

describe('jpegEnds', () => {
  it('finds the end behind the scan, also before a trailer of the camera', () => {
    expect(jpegEnds(file(START, COMMENT, SCAN, DATA, END))).toBe(true);
    expect(jpegEnds(file(START, SCAN, DATA, END, [9, 9, 9]))).toBe(true);
  });

  it('misses it in the data, in a segment, and where there is hardly anything', () => {
    expect(jpegEnds(file(START, COMMENT, SCAN, DATA))).toBe(false);
    expect(jpegEnds(file(START, COMMENT, COMMENT.slice(0, 5)))).toBe(false);
    expect(jpegEnds(file(START, COMMENT))).toBe(false);
    expect(jpegEnds(file(START))).toBe(false);
  });

  it('does not take a broken chain of segments for an early end', () => {
    expect(jpegEnds(file(START, [0, 0, 0, 0], SCAN, DATA))).toBe(true);
  });
});

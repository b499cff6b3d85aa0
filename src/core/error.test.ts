import { describe, expect, it } from 'vitest';
import {
  environmentError,
  FlawmapError,
  inputError,
  internalError,
  messageOf,
  systemCode,
  usageError,
} from './error.ts';

describe('FlawmapError', () => {
  it('tells what, expected, found and remedy, a line each', () => {
    const error = inputError({
      what: 'x.png is no image',
      expected: 'PNG',
      found: 'text',
      remedy: 'convert it',
    });
    expect(error.message).toBe(
      'x.png is no image\n  expected: PNG\n  found:    text\n  to do:    convert it',
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(FlawmapError);
    expect(error.name).toBe('FlawmapError');
  });

  it('leaves out what is not given, and keeps empty text', () => {
    expect(inputError({ what: 'bad' }).message).toBe('bad');
    expect(inputError({ what: 'bad', found: '' }).message).toBe('bad\n  found:    ');
  });

  it('has a kind, and the cause where there is one', () => {
    const cause = new Error('EIO');
    expect(environmentError({ what: 'x', cause })).toMatchObject({ kind: 'environment', cause });
    expect(usageError({ what: 'x' }).kind).toBe('usage');
    expect(internalError({ what: 'x' }).kind).toBe('internal');
    expect('cause' in inputError({ what: 'x' })).toBe(false);
  });
});

describe('messageOf and systemCode', () => {
  it('take anything that can be thrown', () => {
    expect(messageOf(new TypeError('no'))).toBe('no');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(undefined)).toBe('undefined');
    for (const thrown of [undefined, null, 'ENOENT', new Error('x'), { code: 7 }]) {
      expect(systemCode(thrown)).toBeUndefined();
    }
    expect(systemCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
  });
});

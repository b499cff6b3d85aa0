import { describe, expect, it } from 'vitest';
import { FlawmapError, inputError } from '../core/error.ts';
import { packError, unpackError } from './workerMessage.ts';

const sent = (error: unknown) => unpackError(JSON.parse(JSON.stringify(packError(error))));

describe('packError and unpackError', () => {
  it('keep what a FlawmapError says', () => {
    const details = { what: 'cannot read x', expected: 'an image', remedy: 'look' };
    const error = sent(inputError({ ...details, found: 'text', cause: { circular: globalThis } }));
    expect(error).toBeInstanceOf(FlawmapError);
    expect(error).toMatchObject({ kind: 'input', details: { ...details, found: 'text' } });
  });

  it('keep message and place of other errors', () => {
    const error = new RangeError('ours');
    expect(sent(error)).toMatchObject({ message: 'ours', stack: error.stack });
    expect(sent('a text').message).toBe('a text');
  });
});

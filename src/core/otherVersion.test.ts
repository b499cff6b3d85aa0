import { describe, expect, test } from 'vitest';
import { otherVersion } from './otherVersion.ts';

const of = (document: unknown) => otherVersion(document, 2, 'fit again');

describe('otherVersion', () => {
  test('has nothing to say of the version that is read', () => {
    expect(of({ schemaVersion: 2, createdBy: 'flawmap 0.4.0' })).toBeUndefined();
  });

  test.each([
    [
      { schemaVersion: 3, createdBy: 'flawmap 0.4.0' },
      'update flawmap: flawmap 0.4.0 has written it',
    ],
    [{ schemaVersion: 3 }, 'update flawmap: a newer version has written it'],
    [
      { schemaVersion: 1, createdBy: 'flawmap 0.1.0' },
      'fit again; flawmap 0.1.0 can still read it',
    ],
    [{ schemaVersion: 1 }, 'fit again; the version of flawmap that wrote it can still read it'],
    [{ schemaVersion: '2' }, 'fit again'],
    [{}, 'fit again'],
    [null, 'fit again'],
    [[], 'fit again'],
  ])('of %j says which version reads it, or what to do', (document, remedy) => {
    expect(of(document)?.remedy).toBe(remedy);
  });

  test('says what was found', () => {
    expect(of({ schemaVersion: 3, createdBy: 'flawmap 0.4.0' })?.found).toBe(
      'schema version 3, written by flawmap 0.4.0',
    );
    expect(of({ schemaVersion: '2' })?.found).toBe('schema version "2"');
    expect(of(null)?.found).toBe('a document without schemaVersion');
  });
});

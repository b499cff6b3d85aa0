import { describe, expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrations.ts';
import { RESULT_VERSION } from './result.ts';

const steps = {
  1: ({ name }: Readonly<Record<string, unknown>>) => ({ title: name }),
  2: (document: Readonly<Record<string, unknown>>) => ({ ...document, seeds: [42] }),
};

describe('migrate', () => {
  test('goes from version to version up to the one wanted', () => {
    expect(migrate({ schemaVersion: 1, name: 'a' }, 3, steps)).toEqual({
      schemaVersion: 3,
      title: 'a',
      seeds: [42],
    });
    expect(migrate({ schemaVersion: 2, title: 'b' }, 3, steps)).toMatchObject({ seeds: [42] });
  });

  test('leaves the present version as it is', () => {
    const document = { schemaVersion: 3 };
    expect(migrate(document, 3, steps)).toBe(document);
  });

  test.each([0, 4, undefined, '1.5'])('knows no way from version %s', (schemaVersion) => {
    expect(migrate({ schemaVersion }, 3, steps)).toBeNull();
  });

  test('never goes back', () => {
    expect(migrate({ schemaVersion: 2 }, 1, steps)).toBeNull();
  });

  test('what this program knows starts from versions before its own', () => {
    for (const version of Object.keys(MIGRATIONS)) {
      expect(Number(version)).toBeLessThan(RESULT_VERSION);
    }
  });
});

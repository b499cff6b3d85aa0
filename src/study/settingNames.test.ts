import { describe, expect, test } from 'vitest';
import { inputError, usageError } from '../core/error.ts';
import { namingSettings } from './settingNames.ts';

describe('namingSettings', () => {
  test('names settings for options, and calls wrong options wrong input', async () => {
    const error = usageError({
      what: '--channels is out of range',
      expected: '1 to 207',
      remedy: 'use --channels 100, or a smaller --resize; see --help',
    });
    await expect(namingSettings(() => Promise.reject(error))).rejects.toMatchObject({
      kind: 'input',
      details: {
        what: 'padim.channels is out of range',
        expected: '1 to 207',
        remedy: 'use padim.channels 100, or a smaller backbone.resize; see --help',
        cause: error,
      },
    });
  });

  test('keeps the kind and the cause of other errors, and what is not expected as it is', async () => {
    const cause = new Error('below');
    const error = inputError({ what: 'no image', cause });
    await expect(namingSettings(() => Promise.reject(error))).rejects.toMatchObject({
      kind: 'input',
      details: { what: 'no image', cause },
    });
    await expect(namingSettings(() => Promise.reject(cause))).rejects.toBe(cause);
  });

  test('hands on what was made', async () => {
    expect(await namingSettings(async () => 7)).toBe(7);
  });
});

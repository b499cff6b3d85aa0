import { expect, it } from 'vitest';
import { withoutPassword } from './withoutPassword.ts';

it.each([
  ['redis://host', 'redis://host'],
  ['redis://:secret@host:6380/2', 'redis://host:6380/2'],
  ['rediss://ann:secret@host', 'rediss://host'],
  ['http://ann:secret@host', 'http://host'],
  // As URLs are read: the last @ ends the password.
  ['redis://ann:se@cret@host', 'redis://host'],
])('tells no password: %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});

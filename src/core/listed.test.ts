import { expect, test } from 'vitest';
import { counted, listed } from './listed.ts';

test('lists', () => {
  expect(listed([])).toBe('');
  expect(listed(['blur'])).toBe('blur');
  expect(listed(['blur', 'noise'])).toBe('blur and noise');
  expect(listed(['blur', 'noise', 'crop'])).toBe('blur, noise and crop');
});

test('counts', () => {
  expect(counted(0, 'image')).toBe('0 images');
  expect(counted(1, 'image')).toBe('1 image');
  expect(counted(2, 'category', 'categories')).toBe('2 categories');
});

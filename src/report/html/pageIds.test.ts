import { expect, test } from 'vitest';
import { createPageIds, slug } from './pageIds.ts';

test('an id is given once', () => {
  const id = createPageIds();
  expect([id('ROC curves'), id('ROC curves'), id('roc, curves!')]).toEqual([
    'roc-curves',
    'roc-curves-2',
    'roc-curves-3',
  ]);
});

test('names without letters have one too, long ones are cut', () => {
  expect(slug('<"\'>')).toBe('part');
  expect(slug('حلقة 1')).toBe('حلقة-1');
  expect(slug('x'.repeat(200))).toHaveLength(60);
});

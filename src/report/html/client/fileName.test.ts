import { expect, test } from 'vitest';
import { fileName } from './fileName.ts';

test.each([
  ['roc-bottle', 'roc-bottle.svg'],
  ['../../etc/pass wd', 'etc-pass-wd.svg'],
  ['<img src=x onerror="alert(1)">', 'img-src-x-onerror-alert-1.svg'],
  ['Schraube \u00e4', 'Schraube-\u00e4.svg'],
  ['...', 'figure.svg'],
  ['x'.repeat(300), `${'x'.repeat(80)}.svg`],
])('%s', (text, expected) => {
  expect(fileName(text, 'svg')).toBe(expected);
});

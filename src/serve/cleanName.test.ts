import { expect, it } from 'vitest';
import { cleanName } from './cleanName.ts';

it.each([
  ['bottle 7 (früh).png', 'bottle 7 (früh).png'],
  ['عکس‌ها 👩‍🔬.png', 'عکس‌ها 👩‍🔬.png'],
  ['a\n{"verdict":"normal"}\r\n', 'a�{"verdict":"normal"}��'],
  ['\u001b[2J\u0007\u009b31m', '�[2J��31m'],
  ['gnp.\u202Eexe\u2028x\0', 'gnp.�exe�x�'],
  ['\ud800x', '�x'],
  ['😀'.repeat(300), '😀'.repeat(255)],
])('makes of %j %j', (name, clean) => {
  expect(cleanName(name)).toBe(clean);
});

import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shellWord.ts';

it.each(['bottle.onnx', '../data/mvtec-ad/a_b,c=d+e@f%g:h'])('leaves %s as it is', (text) => {
  expect(shellWord(text)).toBe(text);
});

it.each(['my part.onnx', "it's", '$HOME', 'a;b', '', '*', '`id`', 'grün', '#x', "a'b'c"])(
  'quotes "%s" so that a shell reads it as one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(
      text,
    );
  },
);

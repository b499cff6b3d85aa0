import { expect, it } from 'vitest';
import { readModelList } from './listModels.ts';

it('reads names and files', () => {
  expect(readModelList('{"models": [{"name": "bottle", "file": "b.onnx"}]}')).toEqual([
    { name: 'bottle', address: 'b.onnx', own: false },
  ]);
});

it.each(['<!doctype html>', '[]', '{"models": [{"name": 1, "file": "b"}]}', '{"models": [null]}'])(
  'refuses %s and says what it should be',
  (text) => {
    expect(() => readModelList(text)).toThrow('"models": [{"name"');
  },
);

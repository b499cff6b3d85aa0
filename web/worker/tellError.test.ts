import { expect, it } from 'vitest';
import { inputError } from '../../src/core/error.ts';
import { tellError } from './tellError.ts';

it('hands on what flawmap says', () => {
  const details = { what: 'a', expected: 'b', found: 'c', remedy: 'd' };
  expect(tellError(inputError(details), 'x.png')).toEqual(details);
});

it.each([
  new RangeError('Array buffer allocation failed'),
  new Error('failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc'),
  new WebAssembly.RuntimeError('memory access out of bounds'),
])('knows what memory that is missing looks like: %s', (error) => {
  expect(tellError(error, 'x.onnx').what).toBe('the browser has no memory left for x.onnx');
});

it('tells anything else as it is', () => {
  expect(tellError(new Error('strange'), 'x.png')).toMatchObject({
    what: 'x.png cannot be worked on',
    found: 'strange',
  });
});

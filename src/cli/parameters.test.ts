import { describe, expect, it } from 'vitest';
import { choice, flag, list, number, rectangle, text } from './parameters.ts';

describe('number', () => {
  const share = number('--coreset <fraction>', 'kept', { min: 0, max: 1, default: 0.05 });
  const count = number('--count <n>', 'images', { min: 1, integer: true });

  it('takes numbers within the range, ends included', () => {
    expect(share.default).toBe(0.05);
    expect(share.parse?.('0', undefined)).toBe(0);
    expect(share.parse?.('1e-2', undefined)).toBe(0.01);
    expect(count.parse?.('12', undefined)).toBe(12);
  });

  it.each(['', ' ', 'abc', '1.01', '-0.1', 'NaN', 'Infinity', '5%'])('refuses "%s"', (given) => {
    expect(() => share.parse?.(given, undefined)).toThrow('a number from 0 to 1');
  });

  it.each(['0', '2.5', '1e300'])('refuses %s where a whole number is needed', (given) => {
    expect(() => count.parse?.(given, undefined)).toThrow('a whole number of at least 1');
  });

  it.each(['0', '1', '-1', 'NaN'])('refuses %s between 0 and 1', (given) => {
    const probability = number('--fpr <share>', 'promised', { min: 0, max: 1, between: true });
    expect(probability.parse?.('0.999', undefined)).toBe(0.999);
    expect(() => probability.parse?.(given, undefined)).toThrow('a number above 0 and below 1');
  });

  it('names the option in a usage error', () => {
    expect(() => share.parse?.('2', undefined)).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining('--coreset') }),
    );
  });
});

describe('rectangle', () => {
  const roi = rectangle('--roi <x,y,w,h>', 'where');

  it('takes four whole numbers', () => {
    expect(roi.parse?.('40,0,600,480', undefined)).toEqual({
      x: 40,
      y: 0,
      width: 600,
      height: 480,
    });
  });

  it.each(['', '1,2,3', '1,2,3,4,5', '-1,0,5,5', '0,0,1.5,2', '0,0,0,5', '0,0,5,0', 'a,b,c,d'])(
    'refuses "%s"',
    (given) => {
      expect(() => roi.parse?.(given, undefined)).toThrow('x,y,width,height in whole pixels');
    },
  );
});

describe('list', () => {
  const layers = list('--layers <names>', 'which');

  it('splits at commas and adds up when repeated', () => {
    const first = layers.parse?.('layer2, layer3', undefined);
    expect(first).toEqual(['layer2', 'layer3']);
    expect(layers.parse?.('layer4', first)).toEqual(['layer2', 'layer3', 'layer4']);
  });

  it.each(['', 'a,', ',a'])('refuses the empty name in "%s"', (given) => {
    expect(() => layers.parse?.(given, undefined)).toThrow('separated by commas');
  });
});

describe('choice', () => {
  const method = choice('--method <name>', 'how', ['patchcore', 'padim'], { default: 'patchcore' });

  it('takes exactly the names there are and lists them in help', () => {
    expect(method.parse?.('padim', undefined)).toBe('padim');
    expect(() => method.parse?.('PaDiM', undefined)).toThrow('one of patchcore, padim');
    expect(method.description).toBe('how (patchcore, padim)');
  });
});

describe('text and flag', () => {
  it('refuses empty text', () => {
    expect(() => text('-o, --output <file>', 'where').parse?.('', undefined)).toThrow('nothing');
  });

  it('knows that --no-x is true until it is given', () => {
    expect(flag('--no-thumbnails', 'leave out').default).toBe(true);
    expect(flag('--force', 'do').default).toBe(false);
  });
});

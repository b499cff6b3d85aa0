import { describe, expect, it } from 'vitest';
import { nearestName } from './nearestName.ts';

describe('nearestName', () => {
  const layers = ['layer1', 'layer2', 'layer3'];

  it.each([
    ['lyer2', 'layer2', 'a letter missing'],
    ['layerr3', 'layer3', 'one too many'],
    ['layre1', 'layer1', 'two swapped, which is one mistake'],
    ['LAYER2', 'layer2', 'capitals'],
    ['layer2', 'layer2', 'the name itself'],
  ])('finds %s as %s: %s', (given, expected) => {
    expect(nearestName(given, layers)).toBe(expected);
  });

  it('takes the first of equally near names', () => {
    expect(nearestName('layer', layers)).toBe('layer1');
  });

  it('finds nothing in what is too different', () => {
    expect(nearestName('features', layers)).toBeUndefined();
    expect(nearestName('ab', ['xyz'])).toBeUndefined();
    expect(nearestName('layer1', [])).toBeUndefined();
  });

  it('allows two mistakes in short names and a third of the length in long ones', () => {
    expect(nearestName('abcd', ['abxy'])).toBe('abxy');
    expect(nearestName('abcd', ['axyz'])).toBeUndefined();
    expect(nearestName('wide_resnet50', ['wide-resnet-50x'])).toBe('wide-resnet-50x');
    expect(nearestName('abcdefghi', ['abcdefxyz'])).toBe('abcdefxyz');
    expect(nearestName('abcdefghi', ['abcdewxyz'])).toBeUndefined();
  });

  it('counts a swap as one, not two', () => {
    expect(nearestName('ba', ['ab', 'bx'])).toBe('ab');
    expect(nearestName('badc', ['abcd'])).toBe('abcd');
  });
});

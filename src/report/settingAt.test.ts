import { expect, test } from 'vitest';
import { numberAt, settingAt, textAt } from './settingAt.ts';

test('settingAt finds what is there, and nothing else', () => {
  const result = { config: { backbone: { name: 'resnet50', resize: 224, crop: null }, seed: 1 } };
  expect(settingAt(result, 'backbone')).toEqual(result.config.backbone);
  expect(numberAt(result, 'backbone.resize')).toBe(224);
  expect(textAt(result, 'backbone.name')).toBe('resnet50');
  expect(numberAt(result, 'backbone.crop')).toBeUndefined();
  expect(numberAt(result, 'backbone.name')).toBeUndefined();
  expect(settingAt(result, 'seed.deep')).toBeUndefined();
  expect(settingAt(result, 'shift.preset')).toBeUndefined();
});

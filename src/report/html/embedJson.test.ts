import { expect, test } from 'vitest';
import { embedJson, scriptJson } from './embedJson.ts';

const HOSTILE = { name: '</script><script>alert(1)</script><!-- & \u2028\u2029' };

test('no text can end the element, and the same data is read again', () => {
  const json = scriptJson(HOSTILE);
  expect(json).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(json)).toEqual(HOSTILE);
});

test('its id is escaped', () => {
  expect(String(embedJson('a"b', 1))).toBe(
    '<script type="application/json" id="a&quot;b">1</script>',
  );
});

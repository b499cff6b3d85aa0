import { expect, test } from 'vitest';
import { contentPolicy } from './contentPolicy.ts';

// printf 'alert(1)' | openssl dgst -sha256 -binary | base64, and the same of p{}
test('allows the scripts and styles given, by what they say, and nothing from elsewhere', () => {
  const rules = contentPolicy(['alert(1)'], ['p{}']).split('; ');
  expect(rules).toContain("default-src 'none'");
  expect(rules).toContain("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
  expect(rules).toContain("style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='");
  expect(rules).toContain('img-src data:');
});

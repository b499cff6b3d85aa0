import { expect, test } from 'vitest';
import { readPageAssets } from './pageAssets.ts';

test('the client is one small script that can stand in a page', async () => {
  const { client, style } = await readPageAssets();
  expect(client).not.toMatch(/<\/script|<!--|\bimport\s*[{"'(]/);
  expect(() => new Function(client)).not.toThrow();
  expect(client.length).toBeLessThan(60_000);
  expect(style).toContain('@media print');
});

/** Whoever imports a part of the library gets that part. */
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** For Node.js, packages stay outside, as they would. */
async function bundled(code: string, platform: 'browser' | 'node'): Promise<string> {
  const bundle = await rolldown({
    input: 'entry',
    platform,
    external: (id) => platform === 'node' && /^[^./]/.test(id) && !/^(entry|flawmap)/.test(id),
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? resolve(root, 'entry.mjs') : null),
        load: (id) => (id === resolve(root, 'entry.mjs') ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  return output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
}

it('leaves out of a page what it does not use', async () => {
  const error = await bundled("export { FlawmapError } from 'flawmap/browser'", 'browser');
  expect(error.length).toBeLessThan(2_000);
  const all = await bundled("export * from 'flawmap/browser'", 'browser');
  expect(all.length).toBeGreaterThan(20 * error.length);
  expect(all).not.toMatch(/["']node:/);
});

it('leaves out of a program what it does not use', async () => {
  const judge = await bundled("export { judge } from 'flawmap'", 'node');
  expect(judge).not.toMatch(/["'`](onnxruntime-node|sharp)["'`]/);
  const load = await bundled("export { load } from 'flawmap'", 'node');
  expect(load).toMatch(/["'`]onnxruntime-node["'`]/);
});

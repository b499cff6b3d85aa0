/** What the inspector page takes from the library: what runs in browsers, and downwards only. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const MAY_IMPORT = ['core', 'image', 'stats', 'detector', 'calibration', 'inspection', 'browser'];
const PACKAGES = ['preact', 'preact/hooks', 'onnxruntime-web'];

const files = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name))
  .map((name) => join('web', name));

describe('web', () => {
  it.each(files)('%s imports what it may, and is short', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\bfrom '([^'\n]+)';/g)) {
      if (!name.startsWith('.')) expect(PACKAGES).toContain(name);
      else {
        const [top, folder] = relative(ROOT, resolve(ROOT, dirname(file), name)).split('/');
        if (top === 'src') expect(MAY_IMPORT).toContain(folder);
        else expect(top).toBe('web');
      }
    }
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });

  it('has its row in ARCHITECTURE.md', () => {
    const rows = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('\n');
    const row = rows.find((line) => line.startsWith('| `web` |'));
    expect(row?.split('|').at(-2)?.trim()).toBe(MAY_IMPORT.join(', '));
  });
});

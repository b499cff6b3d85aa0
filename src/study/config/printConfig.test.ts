import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configText } from './configText.ts';
import { parseConfig } from './parseConfig.ts';
import { printConfig } from './printConfig.ts';
import { readConfig } from './readConfig.ts';

const CONFIGS = join(import.meta.dirname, '..', '..', '..', 'configs');

describe('a printed configuration', () => {
  const files = readdirSync(CONFIGS).filter((name) => name.endsWith('.yaml'));

  test.each(files)('of configs/%s is read back as the same', async (name) => {
    const { config } = await readConfig(join(CONFIGS, name));
    const text = await configText(join(CONFIGS, name));
    expect(parseConfig(text, 'printed')).toEqual(config);
    expect(printConfig(parseConfig(text, 'printed'))).toBe(text);
  });

  test('is read back as the same whatever names are in it', () => {
    const config = parseConfig(
      'dataset: { root: x }\noutputs: { mlflow: { url: "http://a" } }',
      '',
    );
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(name, name, name, (root, category, experiment) => {
        const own = {
          ...config,
          dataset: { ...config.dataset, root, categories: [category] },
          outputs: { ...config.outputs, mlflow: { url: 'http://a', experiment } },
        };
        expect(parseConfig(printConfig(own), 'printed')).toEqual(own);
      }),
      { numRuns: 30, seed: 42 },
    );
  });

  test('says what each setting means, lists in one line', async () => {
    const text = await configText(undefined);
    const lines = text.split('\n');
    expect(lines).toContain('  coreset: 0.05 # share of patches kept');
    expect(lines).toContain('  seeds: [42, 43, 44]');
    const patchcore = lines.indexOf('patchcore:');
    expect(lines[patchcore - 1]).toBe('# how PatchCore is fitted');
  });

  test('without a file is one to start from, on painted images', async () => {
    const text = await configText(undefined);
    expect(parseConfig(text, 'printed')).toEqual(parseConfig('dataset: { synthetic: {} }', ''));
  });
});

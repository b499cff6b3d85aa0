import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonSchema, schemaText, sectionOf } from './jsonSchema.ts';

const CONFIGS = join(import.meta.dirname, '..', '..', '..', 'configs');

describe('configs/study.schema.json', () => {
  // `npm run schema` brings it up to date.
  test('is the schema that the program checks with', async () => {
    await expect(schemaText()).toMatchFileSnapshot(join(CONFIGS, 'study.schema.json'));
  });

  test('is named in the first line of every configuration beside it', () => {
    const files = readdirSync(CONFIGS).filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const [first] = readFileSync(join(CONFIGS, file), 'utf8').split('\n');
      expect(first, file).toBe('# yaml-language-server: $schema=study.schema.json');
    }
  });
});

describe('jsonSchema', () => {
  const schema = jsonSchema();
  const sections = schema.properties!;

  test('asks for the data set alone, and knows no other settings', () => {
    expect(schema.required).toEqual(['dataset']);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(sections.padim).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('has ranges, choices, defaults and what they mean', () => {
    expect(sections.patchcore!.properties!.coreset).toMatchObject({
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.05,
      description: 'share of patches kept',
    });
    expect(sections.patchcore!.properties!.score!.enum).toEqual(['max', 'reweighted', 'topk']);
  });

  test('of a section that may be null, the settings are found', () => {
    const { synthetic } = sections.dataset!.properties!;
    expect(Object.keys(sectionOf(synthetic!)!.properties!)).toEqual([
      'train',
      'good',
      'anomalous',
      'size',
    ]);
    expect(sectionOf(sections.seed!)).toBeUndefined();
  });
});

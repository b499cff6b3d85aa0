/** docs/study-config.md tells every setting as the program checks it, and its examples work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configText } from '../src/study/config/configText.ts';
import { jsonSchema } from '../src/study/config/jsonSchema.ts';
import { parseConfig } from '../src/study/config/parseConfig.ts';
import { settings, settingsTable } from './support/settingsTable.ts';

const PAGE = join(import.meta.dirname, '..', 'docs', 'study-config.md');
const page = readFileSync(PAGE, 'utf8');

const between = (name: string) => new RegExp(`(<!-- ${name} -->\n).*?(?=<!-- end -->)`, 's');

describe('docs/study-config.md', () => {
  const sections = Object.keys(jsonSchema().properties!);

  test('has a chapter for every section, in their order', () => {
    const chapters = [...page.matchAll(/^## (\w+)\n.*?<!-- settings: (\w+) -->/gms)];
    expect(chapters.map(([, title]) => title)).toEqual(sections);
    expect(chapters.map(([, , section]) => section)).toEqual(sections);
  });

  // `npm run schema` brings it up to date.
  test('has the settings and the full example that the program has', async () => {
    const full = `\n\`\`\`yaml\n${await configText(undefined)}\`\`\`\n\n`;
    const written = sections.reduce(
      (text, section) =>
        text.replace(between(`settings: ${section}`), (_, start) => {
          return `${start}\n${settingsTable(section)}\n\n`;
        }),
      page.replace(between('full example'), (_, start) => `${start}${full}`),
    );
    await expect(written).toMatchFileSnapshot(PAGE);
  });

  test('its examples are configurations', () => {
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
    expect(examples).toHaveLength(3);
    for (const example of examples) parseConfig(example, 'an example');
  });
});

test('what the program refers to is installed with it', () => {
  const root = join(import.meta.dirname, '..');
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).toEqual(expect.arrayContaining(['docs', 'configs']));
});

test('every setting says what it is', () => {
  expect(settings().length).toBeGreaterThan(40);
  const silent = settings().filter(({ schema }) => !schema.description);
  expect(silent.map(({ path }) => path)).toEqual([]);
});

/** docs/checklist.md is what docs/checklist.yaml says; its commands and evidence exist. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { flawsOf } from '../support/docBlocks.ts';
import { ROOT } from '../support/markdown.ts';

const item = z.strictObject({
  what: z.string(),
  show: z.string(),
  evidence: z.array(z.string()).min(1),
  state: z.string().regex(/^(?:done|(?:missed|not yet): .+)$/),
});
const chapters = z
  .array(z.strictObject({ chapter: z.string(), items: z.array(item).min(1) }))
  .parse(parse(readFileSync(join(ROOT, 'docs', 'checklist.yaml'), 'utf8')));
const items = chapters.flatMap((chapter) => chapter.items);

type Item = z.infer<typeof item>;

const linkTo = (path: string): string =>
  `[${basename(path)}](${path.startsWith('docs/') ? path.slice('docs/'.length) : `../${path}`})`;

const row = ({ what, show, evidence, state }: Item): string =>
  `| ${what} | \`${show}\` | ${evidence.map(linkTo).join(', ')} | ${state === 'done' ? 'done' : `**${state.replace(':', '**:')}`} |`;

function page(): string {
  const count = (start: string) => items.filter(({ state }) => state.startsWith(start)).length;
  const head = `# What was to be done, and what is
<!-- written by \`npm run docs:checklist\` from checklist.yaml -->

Every aim that flawmap was begun with, the command that shows it, and the evidence: a test, a page, a table of
measurements. *Missed* is an aim that was tried and not reached, with the figure; *not yet* one of which a part
is still to be done or to be tried. Of ${items.length}, ${count('done')} are done, ${count('missed')} missed, ${count('not yet')} not yet whole.
`;
  const tables = chapters.map(({ chapter, items: own }) =>
    [
      `## ${chapter}`,
      '| aim | shown by | evidence | state |\n|---|---|---|---|',
      ...own.map(row),
    ].join('\n'),
  );
  return `${[head, ...tables].join('\n\n').replace('\n\n\n', '\n\n')}\n`;
}

describe('docs/checklist.md', () => {
  test('is what checklist.yaml says: run `npm run docs:checklist`', async () => {
    await expect(page()).toMatchFileSnapshot(join(ROOT, 'docs', 'checklist.md'));
  });

  test.each(items)('shows "$what" by commands and files that there are', async (one) => {
    const block = { file: 'docs/checklist.yaml', line: 0, language: 'sh', marks: [] };
    expect(await flawsOf({ ...block, text: one.show })).toEqual([]);
    expect(one.evidence.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('says every thing once', () => {
    const said = items.map(({ what }) => what);
    expect(new Set(said).size).toBe(said.length);
  });
});

/** Every link in the repository's Markdown leads somewhere, and every file it names is there. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, linksOf, markdownFiles, ROOT, readMarkdown } from '../support/markdown.ts';

/** What is wrong with a link in a file; undefined where nothing is. */
function flawOf(file: string, target: string): string | undefined {
  if (/^[a-z]+:/i.test(target)) {
    const url = URL.canParse(target) ? new URL(target) : undefined;
    const web = /^https?:$/.test(url?.protocol ?? '') && url?.hostname.includes('.');
    return web || url?.protocol === 'mailto:' ? undefined : 'no address';
  }
  const [path = '', anchor] = decodeURIComponent(target).split('#');
  const linked = path === '' ? file : normalize(join(dirname(file), path));
  if (!existsSync(join(ROOT, linked))) return 'no such file';
  if (anchor === undefined || !linked.endsWith('.md')) return undefined;
  return anchorsOf(readMarkdown(linked)).has(anchor) ? undefined : `no heading #${anchor}`;
}

describe('links', () => {
  test.each(markdownFiles())('of %s lead somewhere', (file) => {
    const broken = linksOf(readMarkdown(file)).flatMap(({ line, text }) => {
      const flaw = flawOf(file, text);
      return flaw === undefined ? [] : [`${file}:${line}: ${text}: ${flaw}`];
    });
    expect(broken).toEqual([]);
  });

  test('are told apart from broken ones', () => {
    expect(flawOf('README.md', 'docs/verdicts.md#the-band')).toBeUndefined();
    expect(flawOf('docs/serving.md', '../bench/results/serve-load.md')).toBeUndefined();
    expect(flawOf('README.md', 'docs/verdicts.md#the-bend')).toBe('no heading #the-bend');
    expect(flawOf('docs/serving.md', 'bench/results/serve-load.md')).toBe('no such file');
    expect(flawOf('README.md', 'https:/example')).toBe('no address');
    expect(flawOf('README.md', 'ftp://example.org')).toBe('no address');
  });
});

/** Files in code spans, by their path from the root; `P.ts` stands for any. */
const NAMED =
  /`((?:src|test|web|bench|torture|scripts|examples|deploy|docs)\/[\w./-]*\w\w\.(?:tsx?|mjs|md|json|sh|ya?ml))`/g;

test.each(markdownFiles())('%s names files that there are', (file) => {
  const named = [...readMarkdown(file).matchAll(NAMED)].map((match) => match[1]!);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe('linksOf', () => {
  test('finds links and pictures, not what looks like one in code', () => {
    const text = '[a](b.md) ![c](d.png "e") `[f](g)` <a href="h">\n```\n[i](j)\n```\n[k](l_(m).md)';
    expect(linksOf(text).map((link) => [link.line, link.text])).toEqual([
      [1, 'b.md'],
      [1, 'd.png'],
      [1, 'h'],
      [5, 'l_(m).md'],
    ]);
  });
});

describe('anchorsOf', () => {
  test('names headings as GitHub does', () => {
    const text =
      '# `flawmap fit`: a tour, in 5 minutes\n## Über [x](y)\n## A_b\n## A_b\n<a id="z">';
    expect([...anchorsOf(text)]).toEqual([
      'flawmap-fit-a-tour-in-5-minutes',
      'über-x',
      'a_b',
      'a_b-1',
      'z',
    ]);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { pageReport } from '../../../test/support/pageReport.ts';
import { renderPage } from './renderPage.ts';

const assets = { client: 'run()', style: 'p{}' };
const readPicture = (file: string) => new TextEncoder().encode(file);
const write = (name?: string, other?: string) =>
  renderPage(pageReport(name, other), { readPicture, assets });

/** Text, attributes and data of a page by the HTML standard's own rules, as far as a page uses them. */
function tagsOf(page: string): string[] {
  const readable = page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
  return [...readable.matchAll(/<[a-z][^\s>]*(?:\s+[^\s=>]+(?:="[^"]*")?)*\s*\/?>/gi)].map(
    ([tag]) => tag,
  );
}

let page: string;
beforeAll(async () => {
  page = await write();
});

describe('a page', () => {
  it('opens on the answer and leads to every chapter', () => {
    const at = [
      'Summary',
      'id="summary"',
      'class="verdicts"',
      'id="clean-evaluation"',
      'id="failures"',
    ].map((part) => page.indexOf(part));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    for (const id of ['summary', 'clean-evaluation', 'failures']) {
      expect(page).toContain(`<a href="#${id}">`);
    }
  });

  it('shows numbers with their interval and n, and says why there is none', () => {
    expect(page).toContain(
      '<span>0.920</span> <span class="interval">[0.801, 0.971]</span> <span class="n">n = 40</span>',
    );
    expect(page).toContain('<span>\u22120.04 s</span>');
    expect(page).toContain('not computable: no anomalous images of carpet');
    expect(page).not.toMatch(/\bNaN\b|undefined|\[object/);
  });

  it('gives every id once', () => {
    const ids = tagsOf(page).flatMap((tag) => / id="([^"]*)"/.exec(tag)?.[1] ?? []);
    expect(ids.length).toBeGreaterThan(40);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for nothing that it does not hold, and has no handlers or styles in its elements', () => {
    const tags = tagsOf(page).join('\n');
    expect(tags).not.toMatch(/ (src|href|action|poster|srcset)="(?!data:image\/|#)/);
    expect(tags).not.toMatch(/ on\w+=| style=/);
  });

  it('holds each picture once', () => {
    // Four photographs, a mask, a map; two photographs are shown in a row, with the mask twice.
    expect(page.match(/ id="picture-\d+"/g)).toHaveLength(6);
    expect(page.match(/<img /g)).toHaveLength(4);
  });

  it('is the same for the same report', async () => {
    // Not toBe: the difference would be the page.
    expect((await write()) === page).toBe(true);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(renderPage(pageReport(), { readPicture, assets, signal })).rejects.toThrow(
      'enough',
    );
  });
});

describe('names with markup', () => {
  const HOSTILE = [
    '<img src=x onerror="globalThis.hacked=1">',
    '</script><script>globalThis.hacked=1</script><!--',
    '" onmouseover="globalThis.hacked=1" \' `x`',
    '</title></style></svg>]]>\u2028\u2029&lt;',
  ];

  it.each(HOSTILE)('%s stays text in every block', async (name) => {
    const hostile = await write(name, `${name} too`);
    expect(tagsOf(hostile).map(shapeOf)).toEqual(tagsOf(page).map(shapeOf));
  });
});

/** A tag without what its attributes say: `img id alt`. */
const shapeOf = (tag: string): string =>
  tag
    .replace(/="[^"]*"/g, '')
    .replace(/[<>/]/g, '')
    .trim();

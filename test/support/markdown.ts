/** The Markdown files of the repository, and what tests look at in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Code between fences. */
export interface Block {
  /** Relative to the repository, with `/`. */
  readonly file: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The first word after the fence; empty where there is none. */
  readonly language: string;
  /** The words after it. */
  readonly marks: readonly string[];
  readonly text: string;
}

export interface Span {
  readonly line: number;
  readonly text: string;
}

const FOLDERS = ['.', 'docs', 'docs/api', 'bench/results', 'examples', 'deploy'];

/** All of them, relative to the repository. */
export const markdownFiles = (): string[] =>
  FOLDERS.flatMap((folder) => {
    const recursive = folder === 'docs/api';
    const names = entriesOf(folder, recursive).filter((name) => name.endsWith('.md'));
    return names.map((name) => (folder === '.' ? name : `${folder}/${name}`));
  }).sort();

function entriesOf(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** Those that people read from top to bottom, whose commands and code must work. */
export const handbook = (): string[] =>
  markdownFiles().filter(
    (file) =>
      /^docs\/[^/]+\.md$/.test(file) ||
      ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'].includes(file),
  );

export const readMarkdown = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** @throws Error for a fence that is never closed */
export function blocksOf(file: string, markdown = readMarkdown(file)): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; info: string; lines: string[] } | undefined;
  for (const [i, text] of markdown.split('\n').entries()) {
    if (!text.startsWith('```')) open?.lines.push(text);
    else if (open === undefined) open = { line: i + 1, info: text.slice(3).trim(), lines: [] };
    else {
      const [language = '', ...marks] = open.info.split(/ +/);
      blocks.push({ file, line: open.line, language, marks, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: the block is never closed`);
  return blocks;
}

/** What is not code between fences, line by line. */
export function proseOf(markdown: string): Span[] {
  let inside = false;
  const spans: Span[] = [];
  for (const [i, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) inside = !inside;
    else if (!inside) spans.push({ line: i + 1, text });
  }
  return spans;
}

/** Code within sentences; it may run over the end of a line. */
export function inlineCodeOf(markdown: string): Span[] {
  const prose = proseOf(markdown);
  const text = prose.map((span) => span.text).join('\n');
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => {
    const before = text.slice(0, match.index).split('\n').length - 1;
    return { line: prose[before]!.line, text: match[1]!.replaceAll('\n', ' ') };
  });
}

/** Targets of links and pictures; of HTML's as well. */
export function linksOf(markdown: string): Span[] {
  const forms = [
    /\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)?)(?: "[^"]*")?\)/g,
    /(?:href|src)="([^"]+)"/g,
  ];
  return proseOf(markdown).flatMap(({ line, text }) => {
    const plain = text.replaceAll(/`[^`]*`/g, '');
    return forms.flatMap((form) =>
      [...plain.matchAll(form)].map((match) => ({ line, text: match[1]! })),
    );
  });
}

/** What may stand after `#`: GitHub's names of headings, and ids of HTML. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const { text } of proseOf(markdown)) {
    for (const match of text.matchAll(/\b(?:id|name)="([^"]+)"/g)) anchors.add(match[1]!);
    const title = /^#{1,6} +(.*?)(?: +#+)?$/.exec(text)?.[1];
    if (title === undefined) continue;
    const name = headingAnchor(title);
    let unique = name;
    for (let i = 1; anchors.has(unique); i++) unique = `${name}-${i}`;
    anchors.add(unique);
  }
  return anchors;
}

/** Lower case, without punctuation, with hyphens for spaces; links count as their text. */
const headingAnchor = (title: string): string =>
  title
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\\(.)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

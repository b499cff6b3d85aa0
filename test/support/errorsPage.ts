/** docs/errors.md: the catalogue of failures, to read. */
import { EXIT_CODES } from '../../src/cli/exitCodes.ts';
import type { CatalogueEntry, CatalogueKind } from './errorCatalogue.ts';
import { readMarkdown } from './markdown.ts';

const KIND_TITLES: Readonly<Record<Exclude<CatalogueKind, 'internal'>, string>> = {
  usage: 'The command line or an option is wrong',
  input: 'A file or folder given is wrong',
  environment: 'The machine refuses',
};

const HEAD = `# Errors
<!-- written by \`npm run docs:errors\` -->

Every failure that flawmap expects, with its cause and what to do. A message has up to four lines: what
went wrong, what was *expected*, what was *found* instead (the cause), and what *to do* about it. Words in ‹ ›
stand for what only a run can tell, a slash between texts for either. Search this page for the words around
a name or number of your message.

\`--verbose\` adds where in the program it happened, and what the system said. The exit code tells the kind:
${EXIT_CODES.usage} the command line, ${EXIT_CODES.input} what was given, ${EXIT_CODES.environment} the machine, ${EXIT_CODES.internal} a fault of flawmap itself. \`flawmap doctor\` looks for what
keeps it from working on this machine.
`;

export function errorsPage(entries: readonly CatalogueEntry[]): string {
  const told = entries.filter(({ kind }) => kind !== 'internal');
  const folders = [...new Set(told.map(folderOf))].sort();
  const contents = folders.map((folder) => {
    const count = told.filter((entry) => folderOf(entry) === folder).length;
    return `[${folder}](#${folder}) ${count}`;
  });
  return [
    HEAD,
    `By part of the program: ${contents.join(' · ')} · [faults of flawmap itself](#faults-of-flawmap-itself)\n`,
    ...folders.map((folder) =>
      chapter(
        folder,
        told.filter((one) => folderOf(one) === folder),
      ),
    ),
    faults(entries.filter(({ kind }) => kind === 'internal')),
  ].join('\n');
}

const folderOf = ({ file }: CatalogueEntry): string => file.split('/')[0]!;

function chapter(folder: string, entries: readonly CatalogueEntry[]): string {
  const kinds = Object.keys(KIND_TITLES) as (keyof typeof KIND_TITLES)[];
  const sections = kinds.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    return own.length === 0 ? [] : [`*${KIND_TITLES[kind]}*\n\n${list(own)}\n`];
  });
  return [`## ${folder}`, `${describeFolder(folder)}\n`, ...sections].join('\n');
}

/** As ARCHITECTURE.md has it. */
function describeFolder(folder: string): string {
  const row = new RegExp(`^\\| \`src/${folder}\` \\| ([^|]+) \\|`, 'm');
  const described = row.exec(readMarkdown('ARCHITECTURE.md'))?.[1];
  if (described === undefined) throw new Error(`ARCHITECTURE.md does not describe src/${folder}`);
  return `${described.charAt(0).toUpperCase()}${described.slice(1)}.`;
}

function list(entries: readonly CatalogueEntry[]): string {
  const groups = new Map<string, CatalogueEntry[]>();
  for (const entry of entries) {
    const key = `${entry.file} ${entry.what}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()]
    .map((cases) => {
      const { file, what } = cases[0]!;
      const own = file.split('/').slice(1).join('/');
      return [`- **${escaped(what)}** ([${own}](../src/${file}))`, ...causesOf(cases)].join('\n');
    })
    .join('\n');
}

/** Cases that differ in what was found alone share a line. */
function causesOf(cases: readonly CatalogueEntry[]): string[] {
  const lines = new Map<string, { readonly one: CatalogueEntry; readonly found: string[] }>();
  for (const one of cases) {
    const key = JSON.stringify([one.expected, one.remedy]);
    const { found } = lines.get(key) ?? lines.set(key, { one, found: [] }).get(key)!;
    if (one.found !== undefined) found.push(escaped(one.found));
  }
  return [...lines.values()].flatMap(({ one: { expected, remedy }, found }) => {
    const parts = [
      ...(expected === undefined ? [] : [`*expected* ${escaped(expected)}`]),
      ...(found.length === 0 ? [] : [`*found* ${found.join(' | ')}`]),
      ...(remedy === undefined ? [] : [`*to do* ${escaped(remedy)}`]),
    ];
    return parts.length === 0 ? [] : [`  - ${parts.join('; ')}`];
  });
}

function faults(entries: readonly CatalogueEntry[]): string {
  const folders = [...new Set(entries.map(folderOf))].sort();
  const lines = folders.map((folder) => {
    const own = entries.filter((entry) => folderOf(entry) === folder).map(({ what }) => what);
    return `- ${folder}: ${[...new Set(own)].map(escaped).join('; ')}`;
  });
  return `## Faults of flawmap itself
A broken promise of its own code: please report the message with what led to it. No input should cause one.

${lines.join('\n')}
`;
}

/** Markdown's own signs as text, outside of code. */
const escaped = (text: string): string =>
  text
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
    .split('`')
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[\\*_<[\]]/g, String.raw`\$&`)))
    .join('`');

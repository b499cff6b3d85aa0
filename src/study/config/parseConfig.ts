/** From YAML text to a configuration; everything wrong with it is told at once. */
import { type Document, LineCounter, parseAllDocuments, visit } from 'yaml';
import { inputError } from '../../core/error.ts';
import { at, describeIssue } from './describeIssue.ts';
import { type StudyConfig, studyConfigSchema } from './studyConfig.ts';

/** Aliases could multiply a small file into a huge value. */
const MOST_ALIASES = 20;

/** One slip of syntax often makes more: these are enough to find it. */
const MOST_SYNTAX_MISTAKES = 10;

/**
 * @param name the file's, for messages
 * @throws FlawmapError (input) listing every mistake with its place, what was expected and found
 */
export function parseConfig(text: string, name: string): StudyConfig {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0) {
    const found = document === undefined ? 'an empty file' : documents.length;
    throw refuse(name, [`expected one YAML document, found ${found}`]);
  }
  const mistakes = syntaxMistakes(document, lines);
  if (mistakes.length > 0) throw refuse(name, mistakes.slice(0, MOST_SYNTAX_MISTAKES));
  const value = readValue(document, name);
  const parsed = studyConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(
    name,
    parsed.error.issues.flatMap((issue) => describeIssue(issue, value, document, lines)),
  );
}

function syntaxMistakes(document: Document.Parsed, lines: LineCounter): string[] {
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    return problems.map(({ message, pos }) => `${at(lines, pos[0])}: ${message}`);
  }
  const mistakes: string[] = [];
  visit(document, {
    Alias(_, alias) {
      const source = alias.resolve(document);
      const [start] = alias.range!;
      const where = `${at(lines, start)}: *${alias.source}`;
      if (source === undefined)
        mistakes.push(`${where} repeats nothing: there is no anchor before`);
      else if (source.range![2] > start) mistakes.push(`${where} lies within what it repeats`);
    },
  });
  return mistakes;
}

function readValue(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {};
  } catch {
    throw refuse(name, [
      `its aliases repeat too much: expected at most ${MOST_ALIASES} repetitions`,
    ]);
  }
}

const refuse = (name: string, mistakes: readonly string[]) =>
  inputError({
    what: `${name} is no configuration of a study: ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`,
    expected: 'YAML with the settings that docs/study-config.md describes',
    found: mistakes.join('\n            '),
    remedy: 'see docs/study-config.md, or start from `flawmap study --print-config`',
  });

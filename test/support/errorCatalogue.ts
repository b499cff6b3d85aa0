/**
 * Every expected failure in the code, read from its calls of `inputError`, `usageError`,
 * `environmentError` and `internalError`, without running anything. Texts that are known are put
 * together; what only a run can tell stands in ‹›.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './markdown.ts';

export type CatalogueKind = 'usage' | 'input' | 'environment' | 'internal';

export interface CatalogueEntry {
  /** Relative to `src`, with `/`. */
  readonly file: string;
  readonly kind: CatalogueKind;
  readonly what: string;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly remedy: string | undefined;
}

const KINDS: Readonly<Record<string, CatalogueKind>> = {
  usageError: 'usage',
  inputError: 'input',
  environmentError: 'environment',
  internalError: 'internal',
};

/** What parameters stand for at one call. */
type Meanings = ReadonlyMap<string, string>;

export function errorCatalogue(): CatalogueEntry[] {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|_pb\.ts$|\/client\//.test(name))
    .filter((name) => name !== 'core/error.ts')
    .sort();
  const files = sources.map((name) => {
    const text = readFileSync(join(ROOT, 'src', name), 'utf8');
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  });
  return entriesOf(files);
}

/** Of these files alone. */
export function entriesOf(files: readonly ts.SourceFile[]): CatalogueEntry[] {
  const calls = new Map<string, ts.CallExpression[]>();
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
      const name = node.expression.text;
      calls.set(name, [...(calls.get(name) ?? []), node]);
    });
  }
  const entries = Object.keys(KINDS).flatMap((name) =>
    (calls.get(name) ?? []).flatMap((call) => readCall(call, KINDS[name]!, calls)),
  );
  const unique = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  return [...unique.values()];
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

type Calls = ReadonlyMap<string, readonly ts.CallExpression[]>;

/** One entry; or one for each call of the function around it, where its texts come from there. */
function readCall(call: ts.CallExpression, kind: CatalogueKind, calls: Calls): CatalogueEntry[] {
  const [details] = call.arguments;
  const file = call.getSourceFile().fileName;
  if (details === undefined || !ts.isObjectLiteralExpression(details)) return [];
  const maker = functionAround(call);
  const told = maker === undefined ? [] : callsOf(maker, calls, call.getSourceFile());
  const used = new Set<string>();
  visit(details, (node) => {
    if (ts.isIdentifier(node)) used.add(node.text);
  });
  const fromOutside = maker?.node.parameters.some(
    ({ name, type }) =>
      ts.isIdentifier(name) &&
      used.has(name.text) &&
      (!type || type.kind === ts.SyntaxKind.StringKeyword),
  );
  const ways: Meanings[] =
    maker !== undefined && fromOutside && told.length > 0
      ? told.map((one) => meaningsAt(one, maker.node))
      : [new Map()];
  return ways.map((meanings) => {
    const textOf = (name: string): string | undefined => {
      const property = details.properties.find((one) => one.name?.getText() === name);
      if (property === undefined) return undefined;
      if (ts.isShorthandPropertyAssignment(property)) return read(property.name, meanings);
      return ts.isPropertyAssignment(property) ? read(property.initializer, meanings) : undefined;
    };
    return {
      ...{ file, kind, what: textOf('what') ?? '‹what went wrong›' },
      ...{ expected: textOf('expected'), found: textOf('found'), remedy: textOf('remedy') },
    };
  });
}

interface NamedFunction {
  readonly name: string;
  readonly node: ts.SignatureDeclaration;
  readonly exported: boolean;
}

function functionAround(node: ts.Node): NamedFunction | undefined {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionDeclaration(at) && at.name !== undefined) {
      const exported = at.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
      return { name: at.name.text, node: at, exported: exported === true };
    }
    if (ts.isArrowFunction(at) && ts.isVariableDeclaration(at.parent)) {
      return { name: at.parent.name.getText(), node: at, exported: isExported(at.parent) };
    }
    if (ts.isArrowFunction(at) || ts.isMethodDeclaration(at)) return undefined;
  }
  return undefined;
}

const isExported = (declaration: ts.VariableDeclaration): boolean => {
  const statement = declaration.parent.parent;
  return (
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) === true
  );
};

const callsOf = ({ name, exported }: NamedFunction, calls: Calls, file: ts.SourceFile) =>
  (calls.get(name) ?? []).filter((call) => exported || call.getSourceFile() === file);

function meaningsAt(call: ts.CallExpression, { parameters }: ts.SignatureDeclaration): Meanings {
  return new Map(
    parameters.flatMap(({ name, initializer }, i) => {
      const given = call.arguments[i] ?? initializer;
      if (!ts.isIdentifier(name) || given === undefined) return [];
      const text = read(given, new Map());
      // Where only another name is given, the parameter's own is as good.
      return isHole(text) ? [] : [[name.text, text] as const];
    }),
  );
}

/** How deep names are followed, lest they go round in circles. */
const DEEPEST = 6;

function read(node: ts.Expression, meanings: Meanings, depth = 0): string {
  const again = (one: ts.Expression) => read(one, meanings, depth + 1);
  if (depth > DEEPEST) return '‹…›';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(
      ({ expression, literal }) => `${again(expression)}${literal.text}`,
    );
    return `${node.head.text}${parts.join('')}`;
  }
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node)
  ) {
    return again(node.expression);
  }
  if (ts.isConditionalExpression(node)) return either(again(node.whenTrue), again(node.whenFalse));
  if (ts.isBinaryExpression(node)) return readBinary(node, again);
  if (ts.isIdentifier(node)) return readName(node, meanings, depth);
  if (ts.isPropertyAccessExpression(node)) return readProperty(node, again);
  if (ts.isCallExpression(node)) return readResult(node, again);
  return '‹…›';
}

const either = (one: string, other: string): string => {
  if (one === other || other === '' || other === '‹undefined›') return one;
  return one === '' || one === '‹undefined›' ? other : `${one} / ${other}`;
};

function readBinary(node: ts.BinaryExpression, again: (one: ts.Expression) => string): string {
  const { PlusToken, QuestionQuestionToken, BarBarToken } = ts.SyntaxKind;
  const [left, right] = [again(node.left), again(node.right)];
  if (node.operatorToken.kind === PlusToken) {
    return left.startsWith('‹') && /^[‹\d]/.test(right) ? left : `${left}${right}`;
  }
  if ([QuestionQuestionToken, BarBarToken].includes(node.operatorToken.kind)) {
    return either(left, right);
  }
  return left.startsWith('‹') ? left : hole('number');
}

function readName(node: ts.Identifier, meanings: Meanings, depth: number): string {
  const meaning = meanings.get(node.text);
  if (meaning !== undefined) return meaning;
  const declared = declarationOf(node);
  if (declared?.initializer === undefined) return hole(node.text);
  const text = read(declared.initializer, meanings, depth + 1);
  // What only names another thing says less than the name that was chosen for it.
  return isHole(text) ? hole(node.text) : text;
}

/** The constant of that name, nearest first. */
function declarationOf(node: ts.Identifier): ts.VariableDeclaration | undefined {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    const statements = ts.isBlock(at) || ts.isSourceFile(at) ? at.statements : [];
    for (const statement of statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find(
        ({ name }) => ts.isIdentifier(name) && name.text === node.text,
      );
      const constant = statement.declarationList.flags & ts.NodeFlags.Const;
      if (found !== undefined) return constant ? found : undefined;
    }
    const own = ts.isFunctionLike(at) ? at.parameters : [];
    if (own.some(({ name }) => name.getText().includes(node.text))) return undefined;
  }
  return undefined;
}

function readProperty(
  node: ts.PropertyAccessExpression,
  again: (one: ts.Expression) => string,
): string {
  const name = node.name.text;
  if (['length', 'size'].includes(name)) return hole(`number of ${bare(again(node.expression))}`);
  return hole(name);
}

/** Of functions that only write something down, what they write; of others, their name. */
function readResult(node: ts.CallExpression, again: (one: ts.Expression) => string): string {
  const called = node.expression;
  if (ts.isPropertyAccessExpression(called)) {
    const name = called.name.text;
    if (name === 'stringify') return again(node.arguments[0]!);
    const fixed = ts.isArrayLiteralExpression(called.expression) && name === 'join';
    if (fixed) return hole('…');
    return hole(bare(again(called.expression)));
  }
  const name = called.getText();
  if (name === 'messageOf' || name === 'systemCode') return hole("the system's message");
  const [first] = node.arguments;
  if (first === undefined) return hole(name);
  const text = again(first);
  return text === '‹…›' ? hole(name) : text;
}

const isHole = (text: string): boolean => /^‹[^›]*›$/.test(text);

const bare = (text: string): string => (isHole(text) ? text.slice(1, -1) : '…');

/** `‹free bytes›` for `freeBytes`. */
const hole = (name: string): string =>
  `‹${/^[A-Z_]+$/.test(name) ? name.toLowerCase().replaceAll('_', ' ') : name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}›`;

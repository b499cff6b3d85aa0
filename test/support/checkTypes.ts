/** Type-checks programs of the documentation against the built library, as a user's compiler would. */
import { join } from 'node:path';
import ts from 'typescript';
import { type Block, ROOT } from './markdown.ts';

/** @returns what is wrong, each with file and line */
export function typeFlaws(blocks: readonly Block[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      flawmap: [join(ROOT, 'dist', 'index.d.ts')],
      'flawmap/browser': [join(ROOT, 'dist', 'browser', 'browser.d.ts')],
    },
  };
  const files = new Map(
    blocks.map((block, i) => [join(ROOT, `block-${i}.m${block.language}`), block] as const),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.text ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path)?.text;
    return text === undefined
      ? getSourceFile(path, target, ...rest)
      : ts.createSourceFile(path, text, target, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const block = file && files.get(file.fileName);
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (block === undefined) return `${file?.fileName ?? 'the compiler'}: ${message}`;
    const { line } = file!.getLineAndCharacterOfPosition(start ?? 0);
    return `${block.file}:${block.line + 1 + line}: ${message}`;
  });
}

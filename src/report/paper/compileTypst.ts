/** Typst source to PDF, in memory and without the network. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { internalError, messageOf } from '../../core/error.ts';
import { settlePdf } from './settlePdf.ts';

/** The compiler wants a root; nothing is read from it or written to it. */
const ROOT = '/flawmap';

export interface TypstFile {
  /** As the source names it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Compiled {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/**
 * @returns the same bytes for the same source and files: PDF/A-2b (ISO 19005-2) where every
 * character has a glyph, plain PDF 1.7 otherwise, in which it is shown as a box
 * @throws FlawmapError (internal) with the compiler's message
 */
export function compileTypst(source: string, files: readonly TypstFile[] = []): Compiled {
  const compiler = NodeCompiler.create({ workspace: ROOT });
  try {
    for (const { name, bytes } of files) {
      compiler.mapShadow(`${ROOT}/${name}`, Buffer.from(bytes));
    }
    const compiled = compiler.compile({ mainFileContent: source });
    const document = compiled.result;
    if (document === null) {
      const error = compiled.takeError();
      throw failed(error === null ? 'no document' : messages(compiler.fetchDiagnostics(error)));
    }
    return { pdf: settlePdf(archivable(compiler, document)), pages: document.numOfPages };
  } finally {
    compiler.resetShadow();
    compiler.evictCache(0);
  }
}

type Document = NonNullable<ReturnType<NodeCompiler['compile']>['result']>;

function archivable(compiler: NodeCompiler, document: Document): Uint8Array {
  try {
    return compiler.pdf(document, { pdfStandard: 'a-2b' });
  } catch {
    try {
      return compiler.pdf(document);
    } catch (error) {
      throw failed(messageOf(error), error);
    }
  }
}

const failed = (found: string, cause?: unknown) =>
  internalError({
    what: 'the paper could not be typeset',
    expected: 'source that Typst accepts',
    found,
    remedy: 'leave it out (`--format html,tables`) and report the result document it was made from',
    cause,
  });

function messages(diagnostics: readonly unknown[]): string {
  const told = diagnostics.map((one) =>
    typeof one === 'object' && one !== null && 'message' in one ? String(one.message) : String(one),
  );
  return told.join('; ');
}

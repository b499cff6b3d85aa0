/** The document of an artifact in a store, with a hash of its own: nothing else could tell of damage. */
import { sha256 } from '../core/hash.ts';
import type { ArtifactDocument } from '../pipeline/artifact.ts';
import { isArtifactDocument } from '../pipeline/artifactDocument.ts';
import { keyOf } from '../pipeline/jobKey.ts';
import type { Store, StoreControl } from './store.ts';

interface StoredDocument {
  readonly format: 1;
  /** Of the document as text. */
  readonly sha256: string;
  readonly document: ArtifactDocument;
}

export const storedDocumentName = (key: string): string =>
  `artifacts/${key.slice(0, 2)}/${key}.json`;

export function packDocument(document: ArtifactDocument): Uint8Array {
  const packed: StoredDocument = { format: 1, sha256: hashOf(document), document };
  return new TextEncoder().encode(`${JSON.stringify(packed)}\n`);
}

/** As with blobs, what is damaged is read once more. */
export async function readStoredDocument(
  store: Store,
  key: string,
  control?: StoreControl,
): Promise<ArtifactDocument | 'missing' | 'damaged'> {
  for (let tries = 1; tries <= 2; tries++) {
    const pieces = await store.read(storedDocumentName(key), control);
    if (pieces === undefined) return 'missing';
    const chunks: Uint8Array[] = [];
    for await (const piece of pieces) chunks.push(piece);
    const document = unpack(Buffer.concat(chunks).toString('utf8'), key);
    if (document !== undefined) return document;
  }
  return 'damaged';
}

function unpack(text: string, key: string): ArtifactDocument | undefined {
  try {
    const packed = JSON.parse(text) as StoredDocument;
    if (packed.format !== 1 || packed.sha256 !== hashOf(packed.document)) return undefined;
    const { document } = packed;
    // Whoever writes to the store shall not choose where on this machine files appear.
    if (!isArtifactDocument(document) || document.key !== key) return undefined;
    return keyOf(document.inputs) === key ? document : undefined;
  } catch {
    return undefined;
  }
}

const hashOf = (document: ArtifactDocument): string => sha256(JSON.stringify(document));
